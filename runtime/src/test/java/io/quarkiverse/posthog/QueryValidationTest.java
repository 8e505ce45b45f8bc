package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryColumn;
import io.quarkiverse.posthog.query.QueryRow;

/** What requests refuse before anything is sent. */
class QueryValidationTest {

    @Test
    void pagingHasARange() {
        assertThatIllegalArgumentException().isThrownBy(() -> Paging.ALL.limit(0)).withMessageContaining("limit");
        assertThatIllegalArgumentException().isThrownBy(() -> Paging.ALL.limit(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> Paging.ALL.offset(-1)).withMessageContaining("offset");
        assertThatIllegalArgumentException().isThrownBy(() -> Paging.ALL.pageSize(0)).withMessageContaining("pageSize");
    }

    @Test
    void pagesOfEventsHaveAMaximum() {
        assertThat(EventQuery.create().pageSize(1000).paging().pageSize()).isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> EventQuery.create().pageSize(1001))
                .withMessage("pageSize must be at most 1000 for events, because PostHog truncates larger pages, but was 1001");
    }

    @Test
    void pagesCanNotBeChanged() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = Page.of(items, OptionalLong.empty(), null);

        items.add("b");

        assertThat(page).containsExactly("a");
    }

    @Test
    void anOperatorIsNoValue() {
        assertThat(PropertyFilter.person("email", PropertyOperator.IS_SET).operator()).isEqualTo(PropertyOperator.IS_SET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PropertyFilter.person("email", PropertyOperator.EXACT, PropertyOperator.IS_SET))
                .withMessageContaining("is_set");
    }

    @Test
    void anOperatorThatComparesNeedsAValue() {
        assertThat(PropertyFilter.event("coupon", PropertyOperator.IS_NOT_SET).value()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PropertyFilter.person("age", PropertyOperator.GT))
                .withMessage("The operator 'gt' needs a value to compare with: use person(key, operator, value), or "
                        + "is_set or is_not_set, which need none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PropertyFilter.event("amount", PropertyOperator.IS_DATE_BEFORE))
                .withMessageContaining("event(key, operator, value)");
        assertThatIllegalArgumentException().isThrownBy(() -> PropertyFilter.person("plan", null))
                .withMessageContaining("needs a value");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "New_Checkout-v2", "0", "-", "_" })
    void flagKeysMayHaveLettersDigitsHyphensAndUnderscores(String key) {
        assertThat(NewFeatureFlag.of(key).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "a b", "a.b", "a/b", "ä", "a\n", "key!" })
    void flagKeysHaveNothingElse(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> NewFeatureFlag.of(key)).withMessageContaining("'" + key + "'");
    }

    @Test
    void flagKeysHaveAMaximum() {
        assertThat(NewFeatureFlag.of("k".repeat(400)).key()).hasSize(400);
        assertThatIllegalArgumentException().isThrownBy(() -> NewFeatureFlag.of("k".repeat(401)));
    }

    @ParameterizedTest
    @ValueSource(doubles = { Double.NaN, -1, -0.001, 100.001, 101, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY })
    void rolloutsArePercentages(double percentage) {
        String message = "A rollout percentage must be from 0 to 100, but was " + percentage;

        assertThatIllegalArgumentException().isThrownBy(() -> NewFeatureFlag.of("key").rollout(percentage))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> FlagCondition.everyone().rollout(percentage))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> FeatureFlagUpdate.create().rollout(percentage))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> FeatureFlagUpdate.create().rollout(0, percentage))
                .withMessage(message);
    }

    @Test
    void aRolloutBelongsToOneThing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewFeatureFlag.of("key").rollout(5).condition(FlagCondition.everyone()))
                .withMessageContaining("set the rollout on each condition");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFlagUpdate.create().rollout(5).filters(FlagFilters.create()))
                .withMessageContaining("either the filters or the rollout");
        assertThatIllegalArgumentException().isThrownBy(() -> FeatureFlagUpdate.create().rollout(-1, 5))
                .withMessageContaining("conditionIndex");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void filtersAndQueriesNeedText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PropertyFilter.person(text, "pro"));
        assertThatIllegalArgumentException().isThrownBy(() -> HogQLQuery.of(text));
    }

    @Test
    void queryValuesMayBeNull() {
        assertThat(HogQLQuery.of("select {a}").value("a", null).values()).containsEntry("a", null);
        QueryRow row = new QueryRow(List.of(new QueryColumn("a", "Nullable(String)")), Arrays.asList((Object) null));

        assertThat(row.get("a")).isNull();
        assertThat(row.getString("a")).isNull();
        assertThat(row.asMap()).containsEntry("a", null);
        assertThatIllegalArgumentException().isThrownBy(() -> row.getLong("a"))
                .withMessageContaining("'a' does not contain a number");
        assertThatIllegalArgumentException().isThrownBy(() -> row.get("b"))
                .withMessage("The query result has no column 'b', but has [a]");
    }
}
