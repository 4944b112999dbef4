package io.jenkins.plugins.imageupdate.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a registry for each parameter of type {@link RegistryFixture} or {@link PollScene}, and stops it after the test; after the class, for
 * a {@code @BeforeAll} method. A Jenkins that runs is told about the registry. So the {@code JenkinsRule} is the parameter before it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RegistryExtension.class)
public @interface WithRegistry {
    /** Id of a global credential with the key of a {@link RegistryFixture}. Empty for none. */
    String credentialsId() default "";
}
