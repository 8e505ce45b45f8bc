package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;

import io.quarkiverse.posthog.runtime.gating.GateRegistry;
import io.quarkiverse.posthog.runtime.gating.GatingRecorder;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.resteasy.reactive.spi.DynamicFeatureBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** Registers the gates of REST endpoints. Does nothing in an application without gates. */
class FeatureGateProcessor {

    // By name, because the class depends on Quarkus REST and cannot be loaded in an application without it
    private static final String FEATURE = "gating.FeatureGateDynamicFeature";

    @BuildStep
    FeatureGatesBuildItem gates(CombinedIndexBuildItem combined, Capabilities capabilities,
            BuildProducer<RequiredAccountBuildItem> accounts, BuildProducer<ValidationErrorBuildItem> errors) {
        IndexView index = combined.getIndex();
        FeatureGateValidator problems = new FeatureGateValidator(index,
                capabilities.isPresent(Capability.RESTEASY_REACTIVE));
        List<FeatureGateInfo> gates = new ArrayList<>();
        for (AnnotationInstance annotation : index.getAnnotations(FeatureGateValidator.FEATURE_GATE)) {
            FeatureGateInfo gate = FeatureGateInfo.of(annotation, index);
            List<String> wrong = problems.of(gate, annotation);
            wrong.forEach(problem -> errors.produce(new ValidationErrorBuildItem(
                    new DeploymentException("Invalid " + gate.where() + ": " + problem))));
            if (wrong.isEmpty()) {
                gates.add(gate);
                accounts.produce(new RequiredAccountBuildItem(gate.account(), gate.where()));
            }
        }
        return new FeatureGatesBuildItem(gates);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void gating(FeatureGatesBuildItem found, GatingRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans,
            BuildProducer<DynamicFeatureBuildItem> features, BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (found.gates().isEmpty()) {
            excluded.produce(ConditionalBeans.none(FEATURE));
            return;
        }
        RuntimeValue<GateRegistry> gates = recorder.gates();
        for (FeatureGateInfo gate : found.gates()) {
            recorder.add(gates, gate.target(), gate.flag(), gate.variant(), gate.status(), gate.account(),
                    gate.defaultValue());
        }
        beans.produce(SyntheticBeanBuildItem.configure(GateRegistry.class).scope(Singleton.class).unremovable()
                .runtimeValue(gates).done());
        features.produce(new DynamicFeatureBuildItem(ConditionalBeans.PACKAGE + FEATURE, true));
    }
}
