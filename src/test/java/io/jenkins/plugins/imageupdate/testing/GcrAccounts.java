package io.jenkins.plugins.imageupdate.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is known to a {@link GcrFront}, and which repositories each may pull. */
final class GcrAccounts {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param secret a key as JSON tree, so that its spelling does not matter, or a token or password as text */
    record Account(String user, Object secret) {
        static final String KEY = "_json_key";
        static final String ACCESS_TOKEN = "oauth2accesstoken";

        static Account key(String json) {
            return new Account(KEY, tree(json));
        }

        /** What was sent as Basic credentials; {@code _token} is an alias of {@code oauth2accesstoken}. */
        static Account of(String user, String password) {
            return switch (user) {
                case KEY -> key(password);
                case "_token", ACCESS_TOKEN -> new Account(ACCESS_TOKEN, password);
                default -> new Account(user, password);
            };
        }

        /** An {@link IllegalArgumentException} for anything but a JSON object. */
        private static JsonNode tree(String json) {
            try {
                JsonNode tree = JSON.readTree(json);
                if (tree != null && tree.isObject()) {
                    return tree;
                }
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("the key is not JSON", e);
            }
            throw new IllegalArgumentException("the key is not a JSON object");
        }
    }

    private final Map<Account, Set<String>> granted = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    synchronized void grant(Account account, List<String> repositories) {
        granted.computeIfAbsent(account, unused -> new HashSet<>()).addAll(repositories);
    }

    synchronized void revoke(Account account, List<String> repositories) {
        granted.getOrDefault(account, new HashSet<>()).removeAll(repositories);
    }

    synchronized void forget(Account account) {
        granted.remove(account);
    }

    synchronized void makePublic(List<String> repositories) {
        open.addAll(repositories);
    }

    synchronized boolean knows(Account account) {
        return granted.containsKey(account);
    }

    synchronized boolean mayPull(Account account, String repository) {
        return isPublic(repository) || includes(granted.getOrDefault(account, Set.of()), repository);
    }

    synchronized boolean isPublic(String repository) {
        return includes(open, repository);
    }

    /** A name ending in {@code /*} stands for all repositories below, as a role on a project does. */
    private static boolean includes(Set<String> names, String repository) {
        return names.contains(repository)
                || names.stream()
                        .anyMatch(name ->
                                name.endsWith("/*") && repository.startsWith(name.substring(0, name.length() - 1)));
    }
}
