package io.jenkins.plugins.imageupdate.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.testing.MainClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of the Jenkins project's security scan, on the compiled classes. */
class SecurityRulesTest {
    private static final String HERE = "io.jenkins.plugins.imageupdate";
    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(?:password|pwd|pass|credential|access|key|token).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID_NAME = Pattern.compile("credentials?Ids?", Pattern.CASE_INSENSITIVE);

    private final JavaClasses classes = MainClasses.of(HERE);

    @Test
    void seesTheClassesItJudges() {
        assertTrue(classes.contain(ConfiguredRegistry.DescriptorImpl.class));
    }

    @Test
    void noFieldHoldsASecretInPlainText() {
        fields().that()
                .haveRawType(String.class)
                .and()
                .areNotStatic()
                .should(new ArchCondition<>("not be named like a secret, which Jenkins would write to disk") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        boolean transientField = field.getModifiers().contains(JavaModifier.TRANSIENT);
                        boolean named = SECRET_NAME.matcher(field.getName()).matches()
                                && !ID_NAME.matcher(field.getName()).matches();
                        events.add(new SimpleConditionEvent(
                                field, transientField || !named, field.getFullName() + " is named like a secret"));
                    }
                })
                .check(classes);
    }

    @Test
    void nothingIsRunNorSwitchedOff() {
        noClasses()
                .should()
                .accessTargetWhere(target("java.lang.Runtime", "exec|halt|exit"))
                .orShould()
                .accessTargetWhere(target("java.lang.System", "exit|setProperty|setSecurityManager"))
                .orShould()
                .accessTargetWhere(target("java.lang.ProcessBuilder", ".*"))
                .orShould()
                .accessTargetWhere(target("javax.net.ssl.HttpsURLConnection", "set.*"))
                .orShould()
                .accessTargetWhere(target("javax.net.ssl.SSLContext", "setDefault"))
                .orShould()
                .accessTargetWhere(target("java.net.Authenticator", "setDefault"))
                .orShould()
                .accessTargetWhere(target("java.io.ObjectInputStream", ".*"))
                .orShould()
                .accessTargetWhere(target("groovy.lang.GroovyShell", ".*"))
                .check(classes);
    }

    /** The one context that is made trusts what a trust manager of the runtime's own trusts, see TlsSettingsTest. */
    @Test
    void oneClassMakesTlsContexts() {
        Set<String> makers = new HashSet<>();
        classes.forEach(type -> type.getAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().getFullName().equals("javax.net.ssl.SSLContext")
                        && access.getName().equals("init"))
                .forEach(access -> makers.add(type.getSimpleName())));
        assertEquals(Set.of("TlsSettings"), makers);
        noClasses()
                .should()
                .implement("javax.net.ssl.X509TrustManager")
                .orShould()
                .implement("javax.net.ssl.HostnameVerifier")
                .check(classes);
    }

    @Test
    void deprecatedWaysToCredentialsAreNotTaken() {
        noClasses()
                .should()
                .accessTargetWhere(target("hudson.security.ACL", "SYSTEM|impersonate"))
                .orShould()
                .accessTargetWhere(target(
                        "com.cloudbees.plugins.credentials.CredentialsProvider", "lookupCredentials.*|listCredentials"))
                .orShould()
                .accessTargetWhere(target("com.cloudbees.plugins.credentials.SystemCredentialsProvider", ".*"))
                .check(classes);
    }

    /** Credentials are found in one package, and their secrets read there. */
    @Test
    void secretsAreReadInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + ".credentials..")
                .and()
                .doNotHaveSimpleName("ProxyLogin")
                .should()
                .accessTargetWhere(target("hudson.util.Secret", "getPlainText|toString"))
                .orShould()
                .accessTargetWhere(target("org.jenkinsci.plugins.plaincredentials..*", ".*"))
                .check(classes);
    }

    private static DescribedPredicate<JavaAccess<?>> target(String owner, String name) {
        return new DescribedPredicate<>(owner + "#" + name) {
            @Override
            public boolean test(JavaAccess<?> access) {
                AccessTarget target = access.getTarget();
                return target.getOwner().getFullName().matches(owner)
                        && target.getName().matches(name);
            }
        };
    }

    @Test
    void theRulesFindWhatTheyLookFor() {
        JavaClasses bad = new ClassFileImporter().importClasses(Bad.class);
        assertTrue(fieldNames(bad.get(Bad.class)).stream()
                .anyMatch(name -> SECRET_NAME.matcher(name).matches()));
        JavaMethod web = bad.get(Bad.class).getMethod("doSomething");
        assertTrue(web.getAccessesFromSelf().stream().anyMatch(target("java.lang.System", "exit|getenv")::test));
    }

    private static List<String> fieldNames(JavaClass type) {
        return type.getFields().stream()
                .map(field -> field.getName().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What no class of the plugin may be. */
    static class Bad {
        String apiToken = "x";

        public void doSomething() {
            apiToken = System.getenv("X");
        }
    }
}
