package io.quarkiverse.posthog.deployment.dev;

import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.posthog.runtime.dev.PostHogDevRecorder;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RemovedResourceBuildItem;
import io.quarkus.deployment.pkg.PackageConfig;
import io.quarkus.deployment.pkg.PackageConfig.JarConfig.JarType;
import io.quarkus.deployment.pkg.builditem.CurateOutcomeBuildItem;
import io.quarkus.maven.dependency.ArtifactCoords;
import io.quarkus.maven.dependency.ArtifactKey;
import io.quarkus.maven.dependency.ResolvedDependency;

/** Excludes beans and classes for dev mode from applications that are built for production. */
class DevModeExclusionProcessor {

    private static final String PACKAGE = PostHogDevRecorder.class.getPackageName();

    private static final ArtifactKey EXTENSION = ArtifactKey.of("io.quarkiverse.posthog", "quarkus-posthog",
            ArtifactCoords.DEFAULT_CLASSIFIER, ArtifactCoords.TYPE_JAR);

    /** That they observe something, or are injected with something, would make some of them beans. */
    @BuildStep(onlyIfNot = IsDevelopment.class)
    ExcludedTypeBuildItem noBeans() {
        return new ExcludedTypeBuildItem(PACKAGE + ".**");
    }

    /** Remote dev mode makes dev mode of a mutable jar. */
    @BuildStep(onlyIf = IsProduction.class)
    void noClasses(CurateOutcomeBuildItem application, PackageConfig packaging,
            BuildProducer<RemovedResourceBuildItem> removed) {
        if (packaging.jar().type() == JarType.MUTABLE_JAR) {
            return;
        }
        for (ResolvedDependency dependency : application.getApplicationModel().getRuntimeDependencies()) {
            if (dependency.getKey().equals(EXTENSION)) {
                removed.produce(new RemovedResourceBuildItem(EXTENSION, classes(dependency)));
            }
        }
    }

    private static Set<String> classes(ResolvedDependency extension) {
        Set<String> classes = new TreeSet<>();
        extension.getContentTree().walkIfContains(PACKAGE.replace('.', '/'), visit -> {
            String path = visit.getRelativePath("/");
            if (path.endsWith(".class")) {
                classes.add(path);
            }
        });
        return classes;
    }
}
