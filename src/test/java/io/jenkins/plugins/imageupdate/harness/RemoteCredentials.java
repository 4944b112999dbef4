package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.List;
import org.springframework.security.core.Authentication;

/** A provider that makes new objects at each lookup, as those of vaults do. All jobs may use them. */
abstract class RemoteCredentials extends CredentialsProvider {
    final void add() {
        ExtensionList.lookup(CredentialsProvider.class).add(this);
    }

    abstract List<Credentials> made();

    @Override
    public final <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup group, Authentication user, List<DomainRequirement> requirements) {
        return made().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public final <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication user, List<DomainRequirement> requirements) {
        return getCredentialsInItemGroup(type, item.getParent(), user, requirements);
    }
}
