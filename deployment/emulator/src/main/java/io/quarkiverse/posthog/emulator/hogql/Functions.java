package io.quarkiverse.posthog.emulator.hogql;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Functions of single values. */
final class Functions {

    private static final String DATE_TIME = "DateTime('UTC')";

    /**
     * A function.
     *
     * @param arity how many arguments, negative for at least that many
     */
    record Scalar(String type, int arity, Function<List<Object>, Object> body) {
    }

    private final Map<String, Scalar> byName = new HashMap<>();

    Functions(Instant now) {
        add("now", DATE_TIME, 0, args -> now.truncatedTo(ChronoUnit.SECONDS));
        add("today", "Date", 0, args -> LocalDate.ofInstant(now, ZoneOffset.UTC));
        add("lower", "String", 1, args -> args.get(0) == null ? null : Values.text(args.get(0)).toLowerCase(Locale.ROOT));
        add("upper", "String", 1, args -> args.get(0) == null ? null : Values.text(args.get(0)).toUpperCase(Locale.ROOT));
        add("length", "UInt64", 1, args -> args.get(0) == null ? null : (long) Values.text(args.get(0)).length());
        add("tostring", "String", 1, args -> Values.text(args.get(0)));
        add("tofloat", "Nullable(Float64)", 1, args -> Values.number(args.get(0)));
        add("toint", "Nullable(Int64)", 1, args -> args.get(0) == null ? null : whole(Values.number(args.get(0))));
        add("concat", "String", -1, args -> args.stream().filter(Objects::nonNull).map(Values::text)
                .collect(Collectors.joining()));
        add("coalesce", "Nullable(String)", -1, args -> args.stream().filter(Objects::nonNull).findFirst().orElse(null));
        add("ifnull", "Nullable(String)", 2, args -> args.get(0) != null ? args.get(0) : args.get(1));
        add("if", "Nullable(String)", 3, args -> Values.isTrue(args.get(0)) ? args.get(1) : args.get(2));
        add("todatetime", DATE_TIME, 1, args -> Values.instant(args.get(0)));
        addDate("todate", utc -> utc);
        addDate("tostartofweek", utc -> utc.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)));
        addDate("tostartofmonth", utc -> utc.withDayOfMonth(1));
        addTruncation("tostartofminute", ChronoUnit.MINUTES);
        addTruncation("tostartofhour", ChronoUnit.HOURS);
        addTruncation("tostartofday", ChronoUnit.DAYS);
    }

    private void add(String name, String type, int arity, Function<List<Object>, Object> body) {
        byName.put(name, new Scalar(type, arity, body));
    }

    private void addDate(String name, Function<ZonedDateTime, ZonedDateTime> adjust) {
        add(name, "Date", 1, args -> {
            Instant time = Values.instant(args.get(0));
            return time == null ? null : adjust.apply(time.atZone(ZoneOffset.UTC)).toLocalDate();
        });
    }

    private void addTruncation(String name, ChronoUnit unit) {
        add(name, DATE_TIME, 1, args -> {
            Instant time = Values.instant(args.get(0));
            return time == null ? null : time.truncatedTo(unit);
        });
    }

    private static Long whole(Double number) {
        return number == null ? null : Long.valueOf(number.longValue());
    }

    /** The function for a call, whose number of arguments is checked. */
    Scalar forCall(Expr.Call call) {
        Scalar function = byName.get(call.name());
        if (function == null || call.distinct()) {
            throw HogQLException.unsupported("Unsupported function call '" + call.name() + "(...)'");
        }
        int given = call.arguments().size();
        if (function.arity() >= 0 ? given != function.arity() : given < -function.arity()) {
            throw HogQLException.unsupported("Function '" + call.name() + "' got " + given + " arguments, expected "
                    + Math.abs(function.arity()));
        }
        return function;
    }
}
