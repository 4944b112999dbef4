package io.jenkins.plugins.imageupdate.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * One Jenkins for all tests of a class: a {@code @BeforeAll} method takes the {@code JenkinsRule}. With {@link WithJenkins} alone the harness
 * never stops such a Jenkins: {@code JenkinsExtension} has no {@code afterAll}. Its threads and its memory would stay until the JVM ends.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@WithJenkins
@ExtendWith(SharedJenkinsExtension.class)
public @interface WithSharedJenkins {}
