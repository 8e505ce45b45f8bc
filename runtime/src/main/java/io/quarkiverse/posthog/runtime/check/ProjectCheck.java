package io.quarkiverse.posthog.runtime.check;

import java.util.List;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Project;

/** Checks whether the project exists, and whether events go to the same project. */
final class ProjectCheck {

    private static final String CURRENT = "@current";

    private ProjectCheck() {
    }

    static Check check(ResolvedAccountConfig account, ProbeResult<Key> current, ProbeResult<Project> result) {
        String key = AccountNames.key(account.name(), "project-id");
        String id = account.projectId();
        if (!result.isSent()) {
            return CheckResults.skipped(CheckId.PROJECT, "not checked, because the personal API key is not set");
        }
        if (result.isSuccess()) {
            return found(account, result.body());
        }
        if (isOutside(id, current)) {
            return CheckResults.failed(CheckId.PROJECT, "the personal API key has no access to project " + id + ", only to "
                    + current.body().projects(),
                    "set " + key + " to one of these, or give the key access to the project in PostHog");
        }
        if (result.missingScope().isPresent()) {
            return CheckResults.skipped(CheckId.PROJECT, "not checked, because the personal API key lacks the scope "
                    + result.missingScope().get(), "to check the project, add the scope to the key in PostHog");
        }
        if (result.isStatus(403) || result.isStatus(404)) {
            return CheckResults.failed(CheckId.PROJECT, "the personal API key has no project " + id + ": "
                    + ConnectionFailureClassifier.message(result.failure()),
                    "set " + key + " to the project ID in the PostHog project settings");
        }
        if (result.isStatus(401)) {
            return CheckResults.skipped(CheckId.PROJECT, "see " + CheckId.PERSONAL_API_KEY.title());
        }
        return HostCheck.hasResponse(result)
                ? CheckResults.warning(CheckId.PROJECT,
                        "could not be checked: " + ConnectionFailureClassifier.message(result.failure()),
                        "try again later")
                : CheckResults.skipped(CheckId.PROJECT, "could not be checked, because PostHog was not reached");
    }

    private static boolean isOutside(String id, ProbeResult<Key> current) {
        List<Long> projects = current.isSuccess() && current.body() != null ? current.body().projects() : null;
        return projects != null && !projects.isEmpty() && !id.equals(CURRENT) && !projects.contains(Long.valueOf(id));
    }

    private static Check found(ResolvedAccountConfig account, Project project) {
        if (project == null || project.name() == null) {
            return CheckResults.skipped(CheckId.PROJECT, "PostHog did not return the project");
        }
        String name = "'" + project.name() + "'" + (project.id() == null ? "" : ", ID " + project.id());
        if (project.token() != null && account.projectApiKey().isPresent()
                && !project.token().equals(account.projectApiKey().get())) {
            return CheckResults.failed(CheckId.PROJECT, "data is read from " + name
                    + ", but events go to another project, which has a different project token",
                    "copy " + AccountNames.key(account.name(), "project-id") + " and "
                            + AccountNames.key(account.name(), "project-api-key") + " from the settings of the same project");
        }
        return !account.projectId().equals(CURRENT) || project.id() == null ? CheckResults.ok(CheckId.PROJECT, name)
                : CheckResults.ok(CheckId.PROJECT, name,
                        "set " + AccountNames.key(account.name(), "project-id") + "=" + project.id()
                                + "; without it, requests use the project that the owner of the key last selected in PostHog");
    }
}
