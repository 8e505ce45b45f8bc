package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.runtime.PostHogRecorder;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.GeneratedClassGizmo2Adaptor;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.GeneratedClassBuildItem;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.pkg.builditem.OutputTargetBuildItem;
import io.quarkus.gizmo2.Gizmo;

/** Validates the tracking plans of the application, implements them, and writes their documents. */
class TrackingPlanProcessor {

    private static final DotName POSTHOG_ACCOUNT = DotName.createSimple(PostHogAccount.class);

    private static final String DIRECTORY = "quarkus-posthog";

    @BuildStep
    TrackingPlansBuildItem plans(CombinedIndexBuildItem index) {
        TrackingPlanReader reader = new TrackingPlanReader(index.getIndex(), index.getComputingIndex());
        List<TrackingPlanInfo> plans = reader.read();
        List<String> problems = new ArrayList<>(reader.problems());
        problems.addAll(TrackingPlanConflicts.find(plans));
        if (!problems.isEmpty()) {
            // Fails now, because CDI would only report a missing bean
            throw new DeploymentException(problems.stream().sorted().map(problem -> "Invalid tracking plan: " + problem)
                    .collect(Collectors.joining("\n")));
        }
        return new TrackingPlansBuildItem(plans);
    }

    /** Finds the accounts of injected plans, and requires them. */
    @BuildStep
    TrackingPlanAccountsBuildItem injectionPoints(BeanDiscoveryFinishedBuildItem beans, TrackingPlansBuildItem plans,
            BuildProducer<RequiredAccountBuildItem> required) {
        Set<DotName> types = plans.plans().stream().map(plan -> plan.type().name()).collect(Collectors.toSet());
        Map<DotName, Set<String>> accounts = new HashMap<>();
        Set<DotName> ofAnyAccount = new HashSet<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            DotName type = injectionPoint.getRequiredType().name();
            if (!types.contains(type)) {
                continue;
            }
            AnnotationInstance qualifier = injectionPoint.getRequiredQualifier(POSTHOG_ACCOUNT);
            if (qualifier == null && injectionPoint.getRequiredQualifier(DotNames.ANY) != null) {
                ofAnyAccount.add(type);
                continue;
            }
            String account = qualifier == null ? PostHogAccount.DEFAULT : qualifier.value().asString();
            accounts.computeIfAbsent(type, plan -> new HashSet<>()).add(account);
            // An Instance may be looked up later, or never
            if (!injectionPoint.isProgrammaticLookup()) {
                required.produce(new RequiredAccountBuildItem(account,
                        "The tracking plan at " + injectionPoint.getTargetInfo()));
            }
        }
        return new TrackingPlanAccountsBuildItem(accounts, ofAnyAccount);
    }

    @BuildStep
    void implement(TrackingPlansBuildItem plans, OutputTargetBuildItem target,
            BuildProducer<GeneratedClassBuildItem> classes, BuildProducer<GeneratedResourceBuildItem> resources) {
        // In the class loader of the interface, which may be package-private or belong to a library
        Gizmo gizmo = Gizmo
                .create(new GeneratedClassGizmo2Adaptor(classes, resources, TrackingPlanInfo::interfaceOf));
        plans.plans().forEach(plan -> TypedEventsGenerator.implement(gizmo, plan));
        TrackingPlanWriter.write(target.getOutputDirectory().resolve(DIRECTORY), plans);
    }

    /** Registers the types of properties, such as enums and records, which Jackson writes. */
    @BuildStep
    void reflection(TrackingPlansBuildItem plans, BuildProducer<ReflectiveHierarchyBuildItem> types) {
        for (TrackingPlanInfo plan : plans.plans()) {
            plan.methods().stream().flatMap(method -> method.method().parameterTypes().stream()).distinct()
                    .forEach(type -> types.produce(ReflectiveHierarchyBuildItem.builder(type).source(PostHogProcessor.FEATURE)
                            .build()));
        }
    }

    /** Registers a bean for each plan and account. CDI removes those that are not used. */
    @BuildStep
    void beans(TrackingPlansBuildItem plans, AccountNamesBuildItem accounts, BuildProducer<SyntheticBeanBuildItem> beans) {
        for (TrackingPlanInfo plan : plans.plans()) {
            for (String account : accounts.all()) {
                DotName type = plan.type().name();
                ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type)
                        .addType(Type.create(type, Type.Kind.CLASS))
                        .scope(Singleton.class)
                        .defaultBean()
                        .creator(generation -> TypedEventsGenerator.create(generation.createMethod(), plan, account))
                        .addQualifier().annotation(PostHogAccount.class).addValue("value", account).done();
                if (AccountNames.isDefault(account)) {
                    bean.addQualifier(Default.class);
                }
                beans.produce(bean.done());
            }
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem trackingPlans(PostHogRecorder recorder, TrackingPlansBuildItem plans,
            TrackingPlanAccountsBuildItem accounts, AccountNamesBuildItem names) {
        ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(TrackingPlans.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .addInjectionPoint(ClassType.create(AccountRegistry.class))
                .createWith(recorder.trackingPlans(plans.events(), accounts.events(plans.plans(), names.all())));
        // The account check looks it up
        return plans.plans().isEmpty() ? bean.done() : bean.unremovable().done();
    }
}
