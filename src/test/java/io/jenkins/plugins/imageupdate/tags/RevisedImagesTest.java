package io.jenkins.plugins.imageupdate.tags;

import static io.jenkins.plugins.imageupdate.tags.Choosing.chooses;

import io.jenkins.plugins.imageupdate.registry.TagList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images whose tags have revisions, variants with numbers, or several numberings, and what a person would choose; see the READMEs there. */
class RevisedImagesTest {
    /** list | the tag on the image | range | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "published/linuxserver-openssh-server | 9.9_p2-r0-ls195 | * | 10.2_p1-r0-ls229",
                "published/linuxserver-openssh-server | 8.1_p1-r0-ls2 | ^8 | 8.8_p1-r1-ls93",
                "published/linuxserver-sonarr | 4.0.15.2941-ls291 | ^4 | 4.0.19.2979-ls316",
                "published/linuxserver-sonarr | 3.0.10.1567-ls198 | ^3 | 3.0.10.1567-ls218",
                "published/ubuntu | 22.04 | ~22.04 | 22.04",
                "published/maven | 3.9.8-eclipse-temurin-21-alpine | ^3.9 | 3.9.16-eclipse-temurin-21-alpine",
                "published/maven | 3.9.2-eclipse-temurin-17 | * | 3.9.16-eclipse-temurin-17",
                "published/maven | 3.9-amazoncorretto-21-al2023 | * | 3.9.16-amazoncorretto-21-al2023",
                "published/maven | 3.9.8-ibmjava-8 | 3 | 3.9.16-ibmjava-8",
                "published/flink | 1.17.1-scala_2.12-java11 | ^1 | 1.20.5-scala_2.12-java11",
                "published/flink | 2.0.0-java17 | * | 2.3.0-java17",
                "published/flink | 1.19.1 | 1.x | 1.20.5",
                "published/sonarqube | 10.6.0-community | >=10 | 26.8.0.126808-community",
                "published/sonarqube | 2025.1.4-developer | * | 2026.4.1-developer",
                "published/sonarqube | 9.9.0-enterprise | 9.x | 9.9.9-enterprise",
                "published/spark | 3.5.3-scala2.12-java17-python3-ubuntu | ^3 | 3.5.8-scala2.12-java17-python3-ubuntu",
                "published/spark | 4.0.0-java21-r | * | 4.1.2-java21-r",
                "published/odoo | 17.0-20260209 | ^17 | 17.0-20260817",
                "published/odoo | 16.0-20250909 | * | 19.0-20260817",
                "published/almalinux | 9.6-20250522 | ^9 | 9.8-20260602",
                "published/almalinux | 9.6-minimal-20250522 | 9.x | 9.8-minimal-20260602",
                "published/almalinux | 10.0-minimal | * | 10.2-minimal",
                "published/neo4j | 5.26.0-community-ubi9 | * | 5.26.24-community-ubi9",
                "published/neo4j | 2025.10-community-ubi9 | * | 2026.04.0-community-ubi9",
                "published/neo4j | 2025.10.1-enterprise | * | 2026.07.1-enterprise",
                "published/wordpress | 6.5.4-php8.2-fpm-alpine | ^6 | 6.9.4-php8.2-fpm-alpine",
                "published/wordpress | 6.5.4-apache | ^6 | 6.9.4-apache",
                "published/rabbitmq | 3.13.6-management-alpine | 3.x | 3.13.7-management-alpine",
                "published/rabbitmq | 4.0.6 | * | 4.3.5",
                "patterns/plexinc-pms-docker | 1.43.1.10611-1e34174b1 | * | 1.43.3.10896-cb3ebc72d",
                "patterns/plexinc-pms-docker | 1.43.1.10611-1e34174b1-armhf | * | 1.43.3.10896-cb3ebc72d-armhf",
                "patterns/linuxserver-plex | 1.43.0.10492-121068a07-ls297 | * | 1.43.2.10687-563d026ea-ls312",
                "patterns/linuxserver-plex | 1.43.0.10492-121068a07 | * | 1.43.2.10687-563d026ea",
                "patterns/linuxserver-plex | 1.43.0 | * | 1.43.2",
                "patterns/rancher-k3s | v1.27.10-k3s1 | ~1.27 | v1.27.16-k3s2",
                "patterns/rancher-k3s | v1.27.10-k3s1 | =1.27.10 | v1.27.10-k3s2",
                "patterns/rancher-k3s | v1.30.3-k3s1 | * | v1.34.2-k3s2",
                "patterns/rancher-rke2-runtime | v1.30.1-rke2r1 | ~1.30 | v1.30.14-rke2r2",
                "patterns/rancher-rke2-runtime | v1.34.1-rke2r1-linux-amd64 | * | v1.34.2-rke2r2-linux-amd64",
                "patterns/ubi9-minimal | 9.4-949.1714662671 | * | 9.8-1779812345",
                "patterns/ubi9-minimal | 9.4-949 | ~9.4 | 9.4-1227.1726694542",
                "patterns/ubi9-minimal | 9.4-949-source | * | 9.7-1776104705-source",
                "patterns/ubi9-go-toolset | 1.21.13-2.1729776560 | ~1.22 | 1.22.9-1737480393",
                "patterns/ubi9-go-toolset | 1.21.11-2 | 1.21.11 | 1.21.11-7",
                "patterns/jenkins-inbound-agent | 3085.vc4c6977c075a-4 | * | 3355.v388858a_47b_33-6",
                "patterns/jenkins-inbound-agent | 3085.vc4c6977c075a-4-jdk11 | * | 3283.v92c105e0f819-9-jdk11",
                "patterns/jenkins-inbound-agent | 3107.v665000b_51092-15-alpine-jdk17 | * | 3355.v388858a_47b_33-6-alpine-jdk17",
                "patterns/jenkins-inbound-agent | 4.11-1-jdk11 | * | 4.13.3-1-jdk11",
                "patterns/jenkins-ssh-agent | 5.3.0-jdk17 | * | 8.0.0-jdk17",
                "patterns/jenkins-ssh-agent | 5.3.0-windowsservercore-ltsc2022-jdk17 | ^6 | 6.25.0-windowsservercore-ltsc2022-jdk17",
                "patterns/postgis | 15-3.3 | ^15 | 15-3.5",
                "patterns/postgis | 15-3.3-alpine | * | 18-3.6-alpine",
                "patterns/timescaledb | 2.11.0-pg15 | ^2 | 2.29.2-pg15",
                "patterns/timescaledb | 2.11.0-pg14-oss | ^2 | 2.18.0-pg14-oss",
                "patterns/pgvector | 0.5.1-pg15 | * | 0.8.1-pg15",
                "patterns/pgvector | 0.8.0-pg16-bookworm | * | 0.8.1-pg16-bookworm",
                "patterns/nvidia-cuda | 12.1.1-cudnn8-runtime-ubuntu22.04 | ^12 | 12.2.2-cudnn8-runtime-ubuntu22.04",
                "patterns/nvidia-cuda | 12.4.1-cudnn-runtime-ubuntu22.04 | ^12 | 12.9.1-cudnn-runtime-ubuntu22.04",
                "patterns/nvidia-cuda | 11.8.0-base-ubi8 | * | 13.0.1-base-ubi8",
                "patterns/gitlab-ce | 17.3.2-ce.0 | ^17 | 17.11.7-ce.0",
                "patterns/gitlab-ce | 16.11.1-ce.0 | * | 18.5.3-ce.0",
                "patterns/home-assistant | 2024.1.0 | * | 2026.9.4",
                "patterns/home-assistant | 2026.9.0b1 | >=2026.9.0-beta.1 <2026.9.0 | 2026.9.0b5",
                "patterns/home-assistant | 0.116.4 | * | 0.118.5",
                "patterns/eks-kube-proxy | v1.29.1-minimal-eksbuild.2 | ~1.29 | v1.29.7-minimal-eksbuild.9",
                "patterns/eks-kube-proxy | v1.30.3-eksbuild.2 | 1.30.3 | v1.30.3-eksbuild.9",
                "patterns/mssql-server | 2022-CU14-ubuntu-22.04 | =2022 | 2022-CU21-ubuntu-22.04",
                "patterns/mssql-server | 2019-CU20-ubuntu-20.04 | =2019 | 2019-CU32-ubuntu-20.04",
                "patterns/bitnami-postgresql | 16.1.0-debian-11-r15 | ^16 | 16.2.0-debian-11-r9",
                "patterns/bitnami-postgresql | 16.1.0-debian-12-r5 | ^16 | 16.6.0-debian-12-r2",
                "patterns/bitnami-postgresql | 16.4.0-debian-12-r15 | * | 17.6.0-debian-12-r4"
            })
    void semver(String list, String written, String range, String chosen) {
        chooses(Choosing.semver(range), written, tags(list), chosen);
    }

    /** list | the tag on the image | what is chosen */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "published/ubuntu | bionic-20190912.1 | bionic-20230530",
                "published/ubuntu | jammy-20240627.1 | jammy-20260810",
                "published/odoo | 17.0-20260209 | 17.0-20260817",
                "published/almalinux | 9.6-20250522 | 9.6-20251117",
                "published/almalinux | 9.6-minimal-20250522 | 9.6-minimal-20251117"
            })
    void newest(String list, String written, String chosen) {
        chooses(TagPolicy.newest(TagFilter.none()), written, tags(list), chosen);
    }

    private static TagList tags(String list) {
        try (InputStream file =
                Objects.requireNonNull(RevisedImagesTest.class.getResourceAsStream(list + ".txt"), list)) {
            return new TagList(
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList(),
                    false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
