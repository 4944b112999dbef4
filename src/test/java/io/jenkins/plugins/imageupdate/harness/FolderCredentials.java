package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import java.io.IOException;

/** A folder with its own credentials. */
public final class FolderCredentials {
    private FolderCredentials() {}

    public static void add(Folder folder, Credentials... credentials) throws IOException {
        FolderCredentialsProperty property = new FolderCredentialsProperty(new DomainCredentials[0]);
        folder.addProperty(property);
        CredentialsStore store = property.getStore();
        for (Credentials one : credentials) {
            store.addCredentials(Domain.global(), one);
        }
    }
}
