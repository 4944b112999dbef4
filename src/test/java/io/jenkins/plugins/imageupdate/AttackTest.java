package io.jenkins.plugins.imageupdate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.AgeAttacks;
import io.jenkins.plugins.imageupdate.registry.FloodAttacks;
import io.jenkins.plugins.imageupdate.registry.HeaderAttacks;
import io.jenkins.plugins.imageupdate.registry.NameAttacks;
import io.jenkins.plugins.imageupdate.registry.ReadingAttacks;
import io.jenkins.plugins.imageupdate.registry.RealmAttacks;
import io.jenkins.plugins.imageupdate.registry.RedirectAttacks;
import io.jenkins.plugins.imageupdate.registry.ResolverAttacks;
import io.jenkins.plugins.imageupdate.registry.auth.SecretAttacks;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleFileAttacks;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleSecretAttacks;
import io.jenkins.plugins.imageupdate.registry.auth.google.HeapAttacks;
import io.jenkins.plugins.imageupdate.registry.http.LimitAttacks;
import io.jenkins.plugins.imageupdate.source.SourceAttacks;
import io.jenkins.plugins.imageupdate.tags.TagAttacks;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tries every attack on the client. The rows are also a table of {@code docs/security.md}: run this with
 * {@code -Dupdate.docs=true} to write it there.
 */
class AttackTest {
    static Stream<Attack> rows() {
        return Stream.of(
                        NameAttacks.ROWS,
                        RealmAttacks.ROWS,
                        ResolverAttacks.ROWS,
                        RedirectAttacks.ROWS,
                        HeaderAttacks.ROWS,
                        ReadingAttacks.ROWS,
                        FloodAttacks.ROWS,
                        LimitAttacks.ROWS,
                        SourceAttacks.ROWS,
                        TagAttacks.ROWS,
                        AgeAttacks.ROWS,
                        GoogleFileAttacks.ROWS,
                        SecretAttacks.ROWS,
                        GoogleSecretAttacks.ROWS,
                        HeapAttacks.ROWS)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyAttackIsRefused(Attack attack) throws Exception {
        String said = attack.play().tried();
        assertTrue(said.contains(attack.refusal()), said);
    }

    @Test
    void eachIsTriedOnce() {
        assertEquals(rows().count(), rows().map(Attack::toString).distinct().count());
    }

    @Test
    void theTableIsInTheDocumentation() throws IOException {
        String heading = "| Aim | What is tried | What comes back |\n| --- | --- | --- |\n";
        DocumentedTable.require(
                "security.md",
                "the attacks on the client",
                heading + rows().map(Attack::markdown).collect(Collectors.joining("\n")));
    }
}
