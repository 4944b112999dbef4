package io.jenkins.plugins.imageupdate.testing;

/** The two families of manifests that registries keep: OCI image specification and Docker "Image Manifest V 2, Schema 2". */
public enum ManifestFormat {
    OCI("vnd.oci.image.manifest.v1", "vnd.oci.image.index.v1", "vnd.oci.image.config.v1"),
    DOCKER(
            "vnd.docker.distribution.manifest.v2",
            "vnd.docker.distribution.manifest.list.v2",
            "vnd.docker.container.image.v1");

    /** Every media type of a manifest or index, for {@code Accept}. */
    static final String ACCEPT = String.join(", ", OCI.index, DOCKER.index, OCI.image, DOCKER.image);

    private final String image;
    private final String index;
    private final String config;

    ManifestFormat(String image, String index, String config) {
        this.image = "application/" + image + "+json";
        this.index = "application/" + index + "+json";
        this.config = "application/" + config + "+json";
    }

    /** The media type of an image's manifest. */
    public String image() {
        return image;
    }

    /** The media type of an index (Docker: manifest list). */
    public String index() {
        return index;
    }

    /** The media type of an image's configuration. */
    public String config() {
        return config;
    }
}
