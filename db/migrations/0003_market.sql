CREATE TABLE "market"."benchmarks" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"symbol" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"benchmark_type" text NOT NULL,
	"category" text NOT NULL,
	"currency" char(3) NOT NULL,
	"composition" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "benchmarks_type_known" CHECK ("market"."benchmarks"."benchmark_type" in ('index', 'blend', 'peer_group', 'custom')),
	CONSTRAINT "benchmarks_currency_iso" CHECK ("market"."benchmarks"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "benchmarks_composition_is_list" CHECK (jsonb_typeof("market"."benchmarks"."composition") = 'array')
);
--> statement-breakpoint
CREATE TABLE "market"."fx_rates" (
	"base" char(3) NOT NULL,
	"quote" char(3) NOT NULL,
	"date" date NOT NULL,
	"rate" numeric(20, 10) NOT NULL,
	"source" text,
	CONSTRAINT "fx_rates_pkey" PRIMARY KEY("base","quote","date"),
	CONSTRAINT "fx_rates_pair" CHECK ("market"."fx_rates"."base" ~ '^[A-Z]{3}$' and "market"."fx_rates"."quote" ~ '^[A-Z]{3}$' and "market"."fx_rates"."base" <> "market"."fx_rates"."quote"),
	CONSTRAINT "fx_rates_positive" CHECK ("market"."fx_rates"."rate" > 0)
);
--> statement-breakpoint
CREATE TABLE "market"."dividends" (
	"instrument_id" uuid NOT NULL,
	"ex_date" date NOT NULL,
	"kind" text DEFAULT 'regular' NOT NULL,
	"amount" numeric(18, 8) NOT NULL,
	"record_date" date,
	"pay_date" date,
	CONSTRAINT "dividends_pkey" PRIMARY KEY("instrument_id","ex_date","kind"),
	CONSTRAINT "dividends_kind_known" CHECK ("market"."dividends"."kind" in ('regular', 'special', 'return_of_capital')),
	CONSTRAINT "dividends_amount_positive" CHECK ("market"."dividends"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "market"."splits" (
	"instrument_id" uuid NOT NULL,
	"ex_date" date NOT NULL,
	"numerator" integer NOT NULL,
	"denominator" integer NOT NULL,
	CONSTRAINT "splits_pkey" PRIMARY KEY("instrument_id","ex_date"),
	CONSTRAINT "splits_ratio" CHECK ("market"."splits"."numerator" between 1 and 1000000 and "market"."splits"."denominator" between 1 and 1000000 and "market"."splits"."numerator" <> "market"."splits"."denominator")
);
--> statement-breakpoint
CREATE TABLE "market"."exchange_holidays" (
	"exchange_code" text NOT NULL,
	"date" date NOT NULL,
	"name" text NOT NULL,
	"closes_at" time,
	CONSTRAINT "exchange_holidays_pkey" PRIMARY KEY("exchange_code","date")
);
--> statement-breakpoint
CREATE TABLE "market"."exchanges" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"week_starts_on" smallint DEFAULT 1 NOT NULL,
	"trading_days" smallint[] DEFAULT '{1,2,3,4,5}' NOT NULL,
	"opens_at" time,
	"closes_at" time,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "exchanges_code_form" CHECK ("market"."exchanges"."code" ~ '^[A-Z0-9]{4}$'),
	CONSTRAINT "exchanges_week_starts_on" CHECK ("market"."exchanges"."week_starts_on" between 1 and 7),
	CONSTRAINT "exchanges_session" CHECK (("market"."exchanges"."opens_at" is null) = ("market"."exchanges"."closes_at" is null))
);
--> statement-breakpoint
CREATE TABLE "market"."instruments" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"symbol" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"exchange_code" text NOT NULL,
	"currency" char(3) NOT NULL,
	"sector" text,
	"industry" text,
	"country" char(2),
	"current_price" numeric(18, 8),
	"price_date" date,
	"market_cap" numeric(20, 2),
	"pe_ratio" numeric(14, 4),
	"dividend_yield" numeric(9, 6),
	"expense_ratio" numeric(9, 6),
	"fundamentals" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "instruments_symbol_form" CHECK ("market"."instruments"."symbol" ~ '^[A-Z0-9^][A-Z0-9.^=/_-]{0,19}$'),
	CONSTRAINT "instruments_type_known" CHECK ("market"."instruments"."type" in ('stock', 'bond', 'etf', 'mutual_fund', 'option', 'future', 'crypto', 'commodity', 'real_estate', 'other')),
	CONSTRAINT "instruments_currency_iso" CHECK ("market"."instruments"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "instruments_country_iso" CHECK ("market"."instruments"."country" ~ '^[A-Z]{2}$'),
	CONSTRAINT "instruments_current_price_positive" CHECK ("market"."instruments"."current_price" > 0),
	CONSTRAINT "instruments_market_cap_not_negative" CHECK ("market"."instruments"."market_cap" >= 0),
	CONSTRAINT "instruments_dividend_yield_not_negative" CHECK ("market"."instruments"."dividend_yield" >= 0),
	CONSTRAINT "instruments_expense_ratio" CHECK ("market"."instruments"."expense_ratio" >= 0 and "market"."instruments"."expense_ratio" < 1)
);
--> statement-breakpoint
CREATE TABLE "market"."market_caps" (
	"instrument_id" uuid NOT NULL,
	"date" date NOT NULL,
	"market_cap" numeric(20, 2) NOT NULL,
	CONSTRAINT "market_caps_pkey" PRIMARY KEY("instrument_id","date"),
	CONSTRAINT "market_caps_not_negative" CHECK ("market"."market_caps"."market_cap" >= 0)
);
--> statement-breakpoint
CREATE TABLE "market"."symbol_history" (
	"instrument_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	CONSTRAINT "symbol_history_pkey" PRIMARY KEY("instrument_id","valid_from"),
	CONSTRAINT "symbol_history_period" CHECK ("market"."symbol_history"."valid_until" > "market"."symbol_history"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "market"."annual_returns" (
	"dataset_id" uuid NOT NULL,
	"series" text NOT NULL,
	"year" smallint NOT NULL,
	"value" numeric(18, 14) NOT NULL,
	CONSTRAINT "annual_returns_pkey" PRIMARY KEY("dataset_id","series","year"),
	CONSTRAINT "annual_returns_above_total_loss" CHECK ("market"."annual_returns"."value" > -1)
);
--> statement-breakpoint
CREATE TABLE "market"."return_datasets" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"series" text[] NOT NULL,
	"first_year" smallint NOT NULL,
	"last_year" smallint NOT NULL,
	"content_hash" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "return_datasets_years" CHECK ("market"."return_datasets"."first_year" between 1600 and 2200 and "market"."return_datasets"."last_year" between "market"."return_datasets"."first_year" and 2200)
);
--> statement-breakpoint
CREATE TABLE "market"."bar_rollups" (
	"series_id" integer NOT NULL,
	"period" text NOT NULL,
	"period_start" date NOT NULL,
	"open" numeric(18, 8) NOT NULL,
	"high" numeric(18, 8) NOT NULL,
	"low" numeric(18, 8) NOT NULL,
	"close" numeric(18, 8) NOT NULL,
	"volume" numeric NOT NULL,
	"vwap" numeric(18, 8),
	"trade_count" numeric,
	"bar_count" integer NOT NULL,
	CONSTRAINT "bar_rollups_pkey" PRIMARY KEY("period","series_id","period_start"),
	CONSTRAINT "bar_rollups_period_known" CHECK ("market"."bar_rollups"."period" in ('day', 'week', 'month'))
);
--> statement-breakpoint
CREATE TABLE "market"."bar_settings" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"partition_interval" text DEFAULT 'month' NOT NULL,
	"partitions_ahead" smallint DEFAULT 3 NOT NULL,
	"compress_after_months" smallint DEFAULT 1 NOT NULL,
	CONSTRAINT "bar_settings_one_row" CHECK ("market"."bar_settings"."is_only"),
	CONSTRAINT "bar_settings_interval_known" CHECK ("market"."bar_settings"."partition_interval" in ('week', 'month', 'quarter', 'year')),
	CONSTRAINT "bar_settings_partitions_ahead" CHECK ("market"."bar_settings"."partitions_ahead" between 1 and 120),
	CONSTRAINT "bar_settings_compress_after_months" CHECK ("market"."bar_settings"."compress_after_months" between 0 and 1200)
);
--> statement-breakpoint
CREATE TABLE "market"."compressed_bars" (
	"series_id" integer NOT NULL,
	"chunk_start" date NOT NULL,
	"chunk_end" date NOT NULL,
	"bar_count" integer NOT NULL,
	"first_time" timestamp with time zone NOT NULL,
	"last_time" timestamp with time zone NOT NULL,
	"price_scale" smallint NOT NULL,
	"volume_scale" smallint NOT NULL,
	"steps" bigint[] NOT NULL,
	"gaps" smallint[] NOT NULL,
	"bodies" smallint[] NOT NULL,
	"uppers" smallint[] NOT NULL,
	"lowers" smallint[] NOT NULL,
	"volumes" smallint[],
	"high_parts" bigint[],
	"wide_volumes" numeric[],
	"vwaps" bigint[],
	"trade_counts" bigint[],
	"bids" bigint[],
	"asks" bigint[],
	"spreads" bigint[],
	"additional_data" jsonb[],
	CONSTRAINT "compressed_bars_pkey" PRIMARY KEY("series_id","chunk_start","chunk_end")
);
--> statement-breakpoint
CREATE TABLE "market"."latest_bars" (
	"series_id" integer PRIMARY KEY NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"open" numeric(18, 8) NOT NULL,
	"high" numeric(18, 8) NOT NULL,
	"low" numeric(18, 8) NOT NULL,
	"close" numeric(18, 8) NOT NULL,
	"volume" numeric(24, 8) NOT NULL,
	"vwap" numeric(18, 8),
	"trade_count" bigint,
	"bid" numeric(18, 8),
	"ask" numeric(18, 8),
	"spread" numeric(18, 8),
	"additional_data" jsonb
);
--> statement-breakpoint
CREATE TABLE "market"."series" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market"."series_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"instrument_id" uuid NOT NULL,
	"timeframe" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "market"."stale_ranges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "market"."stale_ranges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"series_id" integer NOT NULL,
	"first_time" timestamp with time zone NOT NULL,
	"last_time" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "market"."timeframes" (
	"timeframe" text PRIMARY KEY NOT NULL,
	"seconds" integer NOT NULL,
	"is_dated" boolean NOT NULL,
	"chunk_months" smallint NOT NULL,
	"retain_months" integer,
	CONSTRAINT "timeframes_chunk_months" CHECK ("market"."timeframes"."chunk_months" in (1, 12)),
	CONSTRAINT "timeframes_retain_months" CHECK ("market"."timeframes"."retain_months" > 0)
);
--> statement-breakpoint
ALTER TABLE "market"."dividends" ADD CONSTRAINT "dividends_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."splits" ADD CONSTRAINT "splits_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."exchange_holidays" ADD CONSTRAINT "exchange_holidays_exchange_code_exchanges_code_fk" FOREIGN KEY ("exchange_code") REFERENCES "market"."exchanges"("code") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."instruments" ADD CONSTRAINT "instruments_exchange_code_exchanges_code_fk" FOREIGN KEY ("exchange_code") REFERENCES "market"."exchanges"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."market_caps" ADD CONSTRAINT "market_caps_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."symbol_history" ADD CONSTRAINT "symbol_history_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."annual_returns" ADD CONSTRAINT "annual_returns_dataset_id_return_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "market"."return_datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."bar_rollups" ADD CONSTRAINT "bar_rollups_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."compressed_bars" ADD CONSTRAINT "compressed_bars_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."latest_bars" ADD CONSTRAINT "latest_bars_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_timeframe_timeframes_timeframe_fk" FOREIGN KEY ("timeframe") REFERENCES "market"."timeframes"("timeframe") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."stale_ranges" ADD CONSTRAINT "stale_ranges_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "benchmarks_symbol_key" ON "market"."benchmarks" USING btree ("symbol");--> statement-breakpoint
CREATE INDEX "benchmarks_type_category" ON "market"."benchmarks" USING btree ("benchmark_type","category");--> statement-breakpoint
CREATE UNIQUE INDEX "instruments_symbol_key" ON "market"."instruments" USING btree ("symbol");--> statement-breakpoint
CREATE INDEX "instruments_type_exchange" ON "market"."instruments" USING btree ("type","exchange_code");--> statement-breakpoint
CREATE INDEX "instruments_sector_industry" ON "market"."instruments" USING btree ("sector","industry");--> statement-breakpoint
CREATE INDEX "instruments_exchange" ON "market"."instruments" USING btree ("exchange_code");--> statement-breakpoint
CREATE INDEX "instruments_fundamentals" ON "market"."instruments" USING gin ("fundamentals" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "symbol_history_symbol" ON "market"."symbol_history" USING btree ("symbol","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "symbol_history_current_key" ON "market"."symbol_history" USING btree ("instrument_id") WHERE "market"."symbol_history"."valid_until" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "return_datasets_name_version_key" ON "market"."return_datasets" USING btree ("name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "return_datasets_name_content_key" ON "market"."return_datasets" USING btree ("name","content_hash");--> statement-breakpoint
CREATE INDEX "compressed_bars_chunk_end" ON "market"."compressed_bars" USING btree ("chunk_end");--> statement-breakpoint
CREATE UNIQUE INDEX "series_instrument_timeframe_key" ON "market"."series" USING btree ("instrument_id","timeframe");--> statement-breakpoint
CREATE INDEX "series_timeframe" ON "market"."series" USING btree ("timeframe");--> statement-breakpoint
CREATE INDEX "stale_ranges_series" ON "market"."stale_ranges" USING btree ("series_id");
--> statement-breakpoint
-- The bar store: time series in partitions, compressed arrays and rollups; and the grants on market data.

insert into market.timeframes (timeframe, seconds, is_dated, chunk_months) values
  ('1m', 60, false, 1), ('5m', 300, false, 1), ('15m', 900, false, 1), ('30m', 1800, false, 1), ('1h', 3600, false, 1), ('4h', 14400, false, 1),
  ('1d', 86400, true, 12), ('1w', 604800, true, 12), ('1mo', 2592000, true, 12);
--> statement-breakpoint
insert into market.bar_settings default values;
--> statement-breakpoint
-- The time of a bar is its beginning. For bars of a day or longer it is their date at 00:00 UTC.
create table market.bars (
  series_id integer not null,
  time timestamptz not null,
  open numeric(18, 8) not null,
  high numeric(18, 8) not null,
  low numeric(18, 8) not null,
  close numeric(18, 8) not null,
  volume numeric(24, 8) not null,
  vwap numeric(18, 8),
  trade_count bigint,
  bid numeric(18, 8),
  ask numeric(18, 8),
  spread numeric(18, 8),
  additional_data jsonb,
  -- In PostgreSQL NaN is greater than every number, so only the high needs a check for NaN.
  constraint bars_prices check (low > 0 and low <= open and low <= close and high >= open and high >= close and high <> 'NaN'),
  constraint bars_volume check (volume >= 0 and volume <> 'NaN'),
  constraint bars_vwap check (vwap > 0 and vwap <> 'NaN'),
  constraint bars_trade_count check (trade_count >= 0),
  constraint bars_bid check (bid >= 0 and bid <> 'NaN'),
  constraint bars_ask check (ask >= 0 and ask <> 'NaN'),
  constraint bars_spread check (spread <> 'NaN'),
  constraint bars_time check (time >= '1920-01-01 00:00:00+00' and time < '2100-01-01 00:00:00+00'),
  constraint bars_additional_data check (jsonb_typeof(additional_data) = 'object'),
  primary key (series_id, time) include (open, high, low, close, volume)
) partition by range (time);
--> statement-breakpoint
-- Holds bars of times that have no partition.
create table market.bars_default partition of market.bars default;
--> statement-breakpoint
-- The calendar of each series: the time zone that turns the times of its bars into dates of the exchange, and the first day of its week.
create view market.series_calendars as
select s.id as series_id, i.id as instrument_id, i.symbol, s.timeframe, t.seconds, t.is_dated, t.chunk_months, e.code as exchange_code,
  case when t.is_dated then 'UTC' else e.timezone end as zone, e.week_starts_on
from market.series s
join market.timeframes t on t.timeframe = s.timeframe
join market.instruments i on i.id = s.instrument_id
join market.exchanges e on e.code = i.exchange_code;
--> statement-breakpoint
create view market.bar_partitions as
select c.oid, c.relname::text as name, bounds[1]::timestamptz as lower_bound, bounds[2]::timestamptz as upper_bound, pg_total_relation_size(c.oid) as size_bytes
from pg_inherits
join pg_class c on c.oid = inhrelid
cross join lateral regexp_match(pg_get_expr(c.relpartbound, c.oid), '\(''(.+)''\) TO \(''(.+)''\)') as bounds
where inhparent = 'market.bars'::regclass;
--> statement-breakpoint
-- The bars of compressed rows. A price or volume is an integer times ten to the power of minus its scale. The low 16 bits of an integer are
-- stored apart from its high part, which is mostly zero.
--   steps           microseconds since the previous bar; the first since the chunk's start
--   gaps            from the previous close (the first: from zero) to the open
--   bodies          from the open to the close
--   uppers, lowers  the shadows: from the body to the high and to the low
--   VWAP, bid, ask  differences from the close
create view market.uncompressed_bars as
select c.series_id, c.chunk_start::timestamp at time zone 'UTC' + bar.elapsed * interval '1 microsecond' as time,
  (bar.open * u.price)::numeric(18, 8) as open, (bar.high * u.price)::numeric(18, 8) as high, (bar.low * u.price)::numeric(18, 8) as low,
  (bar.close * u.price)::numeric(18, 8) as close, coalesce(bar.volume * u.volume, bar.wide_volume)::numeric(24, 8) as volume,
  ((bar.close + bar.vwap) * u.price)::numeric(18, 8) as vwap, bar.trade_count, ((bar.close + bar.bid) * u.price)::numeric(18, 8) as bid,
  ((bar.close + bar.ask) * u.price)::numeric(18, 8) as ask, (bar.spread * u.price)::numeric(18, 8) as spread, bar.additional_data,
  c.chunk_start, c.chunk_end
from market.compressed_bars c
cross join lateral (select ('1e-' || c.price_scale)::numeric as price, ('1e-' || c.volume_scale)::numeric as volume) u
cross join lateral (
  select elapsed, close - body as open, close + greatest(-body, 0) + upper as high, close - greatest(body, 0) - lower as low, close, volume,
    wide_volume, vwap, trade_count, bid, ask, spread, additional_data
  from (
    select sum(step) over bars::float8 as elapsed, sum(gap + body) over bars as close, joined.*
    from (
      select step, (coalesce(high_gap, 0) << 16) + gap as gap, (coalesce(high_body, 0) << 16) + body as body, (coalesce(high_upper, 0) << 16) + upper as upper,
        (coalesce(high_lower, 0) << 16) + lower as lower, (coalesce(high_volume, 0) << 16) + volume as volume, wide_volume, vwap, trade_count, bid, ask,
        spread, additional_data, place
      from unnest(c.steps, c.gaps, c.bodies, c.uppers, c.lowers, c.volumes, c.high_parts[1 : c.bar_count], c.high_parts[c.bar_count + 1 : 2 * c.bar_count],
          c.high_parts[2 * c.bar_count + 1 : 3 * c.bar_count], c.high_parts[3 * c.bar_count + 1 : 4 * c.bar_count], c.high_parts[4 * c.bar_count + 1 : 5 * c.bar_count],
          c.wide_volumes, c.vwaps, c.trade_counts, c.bids, c.asks, c.spreads, c.additional_data)
        with ordinality a (step, gap, body, upper, lower, volume, high_gap, high_body, high_upper, high_lower, high_volume, wide_volume, vwap, trade_count, bid,
          ask, spread, additional_data, place)
    ) joined
    window bars as (order by place rows unbounded preceding)
  ) summed
) bar;
--> statement-breakpoint
-- Every bar, compressed or not. A query for a range of time must also restrict the chunks (chunk_start < its end and chunk_end > its start),
-- so that PostgreSQL decompresses no other chunk.
create view market.all_bars as
select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data,
  '-infinity'::date as chunk_start, 'infinity'::date as chunk_end
from market.bars
union all
select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data, chunk_start, chunk_end
from market.uncompressed_bars;
--> statement-breakpoint
-- Makes the partition for `moment` and moves the bars of its range there from the default partition. Its length is the one in the settings,
-- cut so that it does not overlap other partitions, and so that at most 50,000 bars move, or those of one day. Returns its name, or null if
-- there is a partition already. Fails with lock_not_available (55P03) if another transaction uses the bars for longer than a second.
create function market.make_bar_partition(moment timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '1s' as $$
declare
  unit text := (select partition_interval from market.bar_settings);
  first_moment timestamptz := date_trunc(unit, moment);
  end_moment timestamptz := first_moment + case unit when 'quarter' then interval '3 months' else ('1 ' || unit)::interval end;
  cut_moment timestamptz;
  partition_name text;
begin
  perform pg_advisory_xact_lock(hashtext('market.make_bar_partition'));
  if exists (select from market.bar_partitions where lower_bound <= moment and upper_bound > moment) then
    return null;
  end if;
  select greatest(first_moment, max(upper_bound) filter (where upper_bound <= moment)), least(end_moment, min(lower_bound) filter (where lower_bound > moment))
  into first_moment, end_moment from market.bar_partitions;
  select case when max(bars) > 50000 then coalesce(max(day_end) filter (where bars <= 50000 and day_end > moment), min(day_end) filter (where day_end > moment)) end
  into cut_moment from (
    select date_trunc('day', time) + interval '1 day' as day_end, sum(count(*)) over (order by date_trunc('day', time)) as bars
    from market.bars_default where time >= first_moment and time < end_moment group by date_trunc('day', time)
  ) days;
  end_moment := coalesce(cut_moment, end_moment);
  partition_name := 'bars_' || to_char(first_moment, 'YYYYMMDD');
  execute format('create table market.%I (like market.bars including defaults including constraints including indexes, check (time >= %L and time < %L))',
    partition_name, first_moment, end_moment);
  -- A query that had read the old list of partitions would find the moved bars in none of them, and PostgreSQL would reject a bar on its way
  -- to the default partition. So the list is locked before any bar moves: queries wait, then they read the new list.
  lock table only market.bars in access exclusive mode;
  execute format('with strays as (delete from market.bars_default where time >= %L and time < %L returning *) insert into market.%I select * from strays',
    first_moment, end_moment, partition_name);
  execute format('alter table market.bars attach partition market.%I for values from (%L) to (%L)', partition_name, first_moment, end_moment);
  return partition_name;
end
$$;
--> statement-breakpoint
-- Makes the partitions from now to as far ahead as the settings ask, and those for bars in the default partition. Drops partitions of past
-- months that compression or retention emptied. Returns the names of the partitions made and dropped. Safe to repeat. Queries of
-- bars wait until the transaction ends. So the job calls it in one transaction after the other, and gives each a time after which it begins
-- no further partition.
create function market.make_bar_partitions(work_time interval default '1 day') returns jsonb
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '1s' as $$
declare
  settings market.bar_settings;
  moment timestamptz;
  last_moment timestamptz;
  partition_name text;
  is_empty boolean;
  made text[] := '{}';
  dropped text[] := '{}';
  begun_at timestamptz;
begin
  perform pg_advisory_xact_lock(hashtext('market.make_bar_partition'));
  begun_at := clock_timestamp();
  select * into settings from market.bar_settings;
  last_moment := now() + settings.partitions_ahead * case settings.partition_interval when 'quarter' then interval '3 months' else ('1 ' || settings.partition_interval)::interval end;
  moment := now();
  while moment <= last_moment and (made = '{}' or clock_timestamp() < begun_at + work_time) loop
    made := array_remove(made || market.make_bar_partition(moment), null);
    select upper_bound into moment from market.bar_partitions where lower_bound <= moment and upper_bound > moment;
  end loop;
  while made = '{}' or clock_timestamp() < begun_at + work_time loop
    select min(time) into moment from market.bars_default;
    exit when moment is null;
    made := made || market.make_bar_partition(moment);
  end loop;
  for partition_name in
    select name from market.bar_partitions where upper_bound <= date_trunc('month', now()) order by lower_bound
  loop
    exit when made || dropped <> '{}' and clock_timestamp() >= begun_at + work_time;
    execute format('select not exists (select from market.%I)', partition_name) into is_empty;
    continue when not is_empty;
    -- Another transaction may be storing a bar: only under the lock is it certain that the partition is empty.
    lock table only market.bars in access exclusive mode;
    execute format('select not exists (select from market.%I)', partition_name) into is_empty;
    continue when not is_empty;
    execute format('drop table market.%I', partition_name);
    dropped := dropped || partition_name;
  end loop;
  return jsonb_build_object('made', made, 'dropped', dropped);
end
$$;
--> statement-breakpoint
select market.make_bar_partitions();
--> statement-breakpoint
-- Locks series, in one order, until the end of the transaction. Whatever stores, removes or compresses bars calls this first. So two of these
-- wait for each other once, and cannot deadlock; reading never waits.
create function market.lock_series(ids integer[]) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from market.series where id = any (ids) order by id for no key update;
end
$$;
--> statement-breakpoint
-- Turns a compressed chunk into plain bars again. If a plain bar has the same time as a compressed one, the plain bar is newer and stays.
-- The chunk is locked before it is read, so that bars which a concurrent compression adds to it are not lost.
create function market.reopen_chunk(of_series integer, chunk date) returns void
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  perform from market.compressed_bars where series_id = of_series and chunk_start = chunk for update;
  perform set_config('nestegg.moving_bars', 'on', true);
  insert into market.bars (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data
  from market.uncompressed_bars where series_id = of_series and chunk_start = chunk
  on conflict do nothing;
  delete from market.compressed_bars where series_id = of_series and chunk_start = chunk;
  perform set_config('nestegg.moving_bars', 'off', true);
end
$$;
--> statement-breakpoint
-- Finds the newest bar of each given series again, after bars were removed.
create function market.find_latest_bars(of_series integer[]) returns void
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  delete from market.latest_bars where series_id = any (of_series);
  insert into market.latest_bars (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select b.series_id, b.time, b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count, b.bid, b.ask, b.spread, b.additional_data
  from unnest(of_series) as s (id)
  cross join lateral (select max(chunk_start) as chunk from market.compressed_bars where series_id = s.id) newest
  cross join lateral (
    select * from market.all_bars where series_id = s.id and (chunk_start = '-infinity' or chunk_start = newest.chunk) order by time desc limit 1
  ) b;
end
$$;
--> statement-breakpoint
-- After every insert or update of bars: reopens each compressed chunk if a bar falls between its first and its last one, records the changed
-- ranges for the rollups, and updates the newest bar of each series. Bars after a chunk's last bar stay plain beside the chunk.
create function market.note_stored_bars() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  perform market.reopen_chunk(c.series_id, c.chunk_start)
  from (select series_id, min(time) as first_time, max(time) as last_time from stored group by series_id) touched
  join market.compressed_bars c on c.series_id = touched.series_id and c.chunk_end > touched.first_time and c.chunk_start <= touched.last_time
  where touched.first_time < (select max(chunk_end) from market.compressed_bars)
    and exists (select from stored s where s.series_id = c.series_id and s.time >= c.first_time and s.time <= c.last_time);
  with touched as materialized (
    select series_id, min(time) as first_time, max(time) as last_time from stored group by series_id
  ), noted as (
    insert into market.stale_ranges (series_id, first_time, last_time) select series_id, first_time, last_time from touched
  )
  insert into market.latest_bars as l (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select s.series_id, s.time, s.open, s.high, s.low, s.close, s.volume, s.vwap, s.trade_count, s.bid, s.ask, s.spread, s.additional_data
  from touched join stored s on s.series_id = touched.series_id and s.time = touched.last_time
  order by s.series_id
  on conflict (series_id) do update set time = excluded.time, open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
    volume = excluded.volume, vwap = excluded.vwap, trade_count = excluded.trade_count, bid = excluded.bid, ask = excluded.ask, spread = excluded.spread,
    additional_data = excluded.additional_data
  where l.time <= excluded.time;
  return null;
end
$$;
--> statement-breakpoint
create function market.note_removed_bars() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  insert into market.stale_ranges (series_id, first_time, last_time) select series_id, min(time), max(time) from removed group by series_id;
  perform market.find_latest_bars(array_agg(l.series_id))
  from market.latest_bars l where exists (select from removed r where r.series_id = l.series_id and r.time = l.time) having count(*) > 0;
  return null;
end
$$;
--> statement-breakpoint
create trigger note_inserted_bars after insert on market.bars referencing new table as stored
  for each statement when (current_setting('nestegg.moving_bars', true) is distinct from 'on') execute function market.note_stored_bars();
--> statement-breakpoint
create trigger note_updated_bars after update on market.bars referencing new table as stored
  for each statement when (current_setting('nestegg.moving_bars', true) is distinct from 'on') execute function market.note_stored_bars();
--> statement-breakpoint
create trigger note_removed_bars after delete on market.bars referencing old table as removed
  for each statement when (current_setting('nestegg.moving_bars', true) is distinct from 'on') execute function market.note_removed_bars();
--> statement-breakpoint
-- UPDATE and DELETE of market.bars would silently leave out compressed bars. The functions of the store know them; they run as the owner.
create function market.refuse_partial_change() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'market.bars has only the bars that are not compressed: change or delete bars in the view market.all_bars'
    using errcode = 'feature_not_supported', hint = 'To store many bars, call market.store_bars; to remove a range of them, call market.remove_bars.';
end
$$;
--> statement-breakpoint
create trigger refuse_partial_change before update or delete on market.bars
  for each statement when (current_user <> 'nestegg_owner') execute function market.refuse_partial_change();
--> statement-breakpoint
-- Makes the view of all bars changeable: reopens the chunk of a compressed bar, then changes or deletes the plain bar.
create function market.change_bar() returns trigger
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  perform market.lock_series(array[old.series_id]);
  perform market.reopen_chunk(c.series_id, c.chunk_start) from market.compressed_bars c
  where c.series_id = old.series_id and c.first_time <= old.time and c.last_time >= old.time;
  if tg_op = 'DELETE' then
    delete from market.bars where series_id = old.series_id and time = old.time;
    return case when found then old end;
  end if;
  if (new.series_id, new.time) <> (old.series_id, old.time) then
    raise exception 'the series and the time of a bar cannot be changed: delete it, and store another one' using errcode = 'feature_not_supported';
  end if;
  update market.bars set open = new.open, high = new.high, low = new.low, close = new.close, volume = new.volume, vwap = new.vwap, trade_count = new.trade_count,
    bid = new.bid, ask = new.ask, spread = new.spread, additional_data = new.additional_data
  where series_id = old.series_id and time = old.time;
  return case when found then new end;
end
$$;
--> statement-breakpoint
create trigger change_bar instead of update or delete on market.all_bars for each row execute function market.change_bar();
--> statement-breakpoint
-- Stores bars given as columns, all or none. A bar replaces a stored bar of the same series and time. Returns how many bars were new or
-- changed. Usually all bars are new, so a plain INSERT, which is faster, comes first. If a bar exists already, or may be in a compressed
-- chunk, the batch is stored like a loaded one. With `offset 0`, PostgreSQL looks chunks up by their key and does not read the whole table.
create function market.store_bars(series_ids integer[], times timestamptz[], opens numeric[], highs numeric[], lows numeric[], closes numeric[], volumes numeric[],
  vwaps numeric[], trade_counts bigint[], bids numeric[], asks numeric[], spreads numeric[], additional_data jsonb[]) returns integer
language plpgsql set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  perform market.lock_series(series_ids);
  if not exists (
    select from (select series_id, min(time) as first_time, max(time) as last_time from unnest(series_ids, times) b (series_id, time) group by series_id) given
    cross join lateral (
      select chunk_start, chunk_end from market.compressed_bars
      where series_id = given.series_id and chunk_start <= (given.last_time)::date and chunk_end > (given.first_time)::date
        and first_time <= given.last_time and last_time >= given.first_time offset 0
    ) c
  ) then
    begin
      insert into market.bars (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
      select unnest(series_ids), unnest(times), unnest(opens), unnest(highs), unnest(lows), unnest(closes), unnest(volumes), unnest(vwaps), unnest(trade_counts),
        unnest(bids), unnest(asks), unnest(spreads), unnest(store_bars.additional_data);
      return cardinality(series_ids);
    exception when unique_violation then
      null;
    end;
  end if;
  perform market.open_bar_load();
  insert into pg_temp.bar_load (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select unnest(series_ids), unnest(times), unnest(opens), unnest(highs), unnest(lows), unnest(closes), unnest(volumes), unnest(vwaps), unnest(trade_counts),
    unnest(bids), unnest(asks), unnest(spreads), unnest(store_bars.additional_data);
  return market.store_loaded_bars();
end
$$;
--> statement-breakpoint
-- Makes a temporary table for COPY, from which store_loaded_bars stores the bars. Only nestegg_owner may make temporary tables.
create function market.open_bar_load() returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  create temporary table bar_load (like market.bars including defaults) on commit drop;
  grant insert on pg_temp.bar_load to nestegg_operator;
end
$$;
--> statement-breakpoint
-- Stores the bars of the temporary table, all or none. Bars that equal a compressed one are left out, so that their chunk stays compressed.
-- Returns how many bars were new or changed.
create function market.store_loaded_bars() returns integer
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  stored_count integer;
begin
  perform market.lock_series(array(select distinct series_id from pg_temp.bar_load));
  delete from pg_temp.bar_load b
  using (
    select loaded.series_id, c.chunk_start, c.chunk_end
    from (select series_id, min(time) as first_time, max(time) as last_time from pg_temp.bar_load group by series_id) loaded
    cross join lateral (
      select chunk_start, chunk_end from market.compressed_bars
      where series_id = loaded.series_id and chunk_start <= (loaded.last_time)::date and chunk_end > (loaded.first_time)::date
        and first_time <= loaded.last_time and last_time >= loaded.first_time offset 0
    ) c
  ) touched
  cross join lateral (
    select * from market.uncompressed_bars u
    where u.series_id = touched.series_id and u.chunk_start = touched.chunk_start and u.chunk_end = touched.chunk_end offset 0
  ) u
  where b.series_id = u.series_id and b.time = u.time
    and (b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count, b.bid, b.ask, b.spread, b.additional_data) is not distinct from
      (u.open, u.high, u.low, u.close, u.volume, u.vwap, u.trade_count, u.bid, u.ask, u.spread, u.additional_data);
  begin
    insert into market.bars select * from pg_temp.bar_load;
    get diagnostics stored_count = row_count;
    drop table pg_temp.bar_load;
    return stored_count;
  exception when unique_violation then
    null;
  end;
  insert into market.bars as b select * from pg_temp.bar_load
  on conflict (series_id, time) do update set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
    vwap = excluded.vwap, trade_count = excluded.trade_count, bid = excluded.bid, ask = excluded.ask, spread = excluded.spread, additional_data = excluded.additional_data
  where (b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count, b.bid, b.ask, b.spread, b.additional_data) is distinct from
    (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.vwap, excluded.trade_count, excluded.bid, excluded.ask, excluded.spread, excluded.additional_data);
  get diagnostics stored_count = row_count;
  drop table pg_temp.bar_load;
  return stored_count;
end
$$;
--> statement-breakpoint
-- Removes the bars of a series, compressed or not, from a moment (included) to another (not included). Returns how many.
create function market.remove_bars(of_series integer, from_moment timestamptz, until_moment timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  removed_count integer;
begin
  -- Waits for a compression of the series: before it ends, the bars that it moves are in neither place.
  perform market.lock_series(array[of_series]);
  perform market.reopen_chunk(series_id, chunk_start) from market.compressed_bars
  where series_id = of_series and chunk_start < until_moment and chunk_end > from_moment::date and last_time >= from_moment and first_time < until_moment;
  delete from market.bars where series_id = of_series and time >= from_moment and time < until_moment;
  get diagnostics removed_count = row_count;
  return removed_count;
end
$$;
--> statement-breakpoint
-- The spans of plain bars before the month of a date, oldest first: the chunk, and series that have such bars in it. A span has about 250,000
-- bars at most, or one series.
create function market.compressible_spans(before date) returns table (first_moment timestamptz, chunk_end date, of_series integer[])
language sql stable set search_path = pg_catalog set timezone = 'UTC' as $$
  with counted as (
    select t.chunk_months, date_trunc(case t.chunk_months when 1 then 'month' else 'year' end, b.time) as first_moment, b.series_id, count(*) as bars
    from market.bars b join market.series s on s.id = b.series_id join market.timeframes t using (timeframe)
    where b.time < date_trunc('month', before::timestamptz)
    group by 1, 2, 3
  ), parted as (
    select *, ceil(sum(bars) over (partition by chunk_months, first_moment order by series_id) / 250000) as part from counted
  )
  select first_moment, (first_moment + make_interval(months => chunk_months))::date, array_agg(series_id order by series_id)
  from parted group by chunk_months, first_moment, part order by first_moment, chunk_months, part
$$;
--> statement-breakpoint
-- Moves the plain bars of a span into compressed chunks, and merges them with the bars of chunks that exist. Leaves bars from the month of
-- `before` on. Returns how many bars moved. A bar that another transaction stores meanwhile is either in the chunk or stays plain: it is
-- never lost and never stored twice.
create function market.compress_span(first_moment timestamptz, chunk_end date, of_series integer[], before date) returns bigint
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  end_moment timestamptz := date_trunc('month', before::timestamptz);
  moved_count bigint;
begin
  perform pg_advisory_xact_lock(hashtext('market.compress_span'));
  perform market.lock_series(of_series);
  -- Waits for SQL that is reopening one of these chunks, and makes later SQL wait.
  perform from market.compressed_bars c
  where c.chunk_start = compress_span.first_moment::date and c.chunk_end = compress_span.chunk_end and c.series_id = any (of_series)
  order by c.series_id for update;
  perform set_config('nestegg.moving_bars', 'on', true);
  with moved as (
    delete from market.bars where series_id = any (of_series) and time >= compress_span.first_moment and time < least(compress_span.chunk_end::timestamptz, end_moment)
    returning *
  ), chunked as (
    select *, compress_span.first_moment::date as chunk_start, compress_span.chunk_end from moved
  ), source as (
    select * from chunked
    union all
    select u.* from market.uncompressed_bars u
    where u.chunk_start = compress_span.first_moment::date and u.chunk_end = compress_span.chunk_end and u.series_id in (select series_id from moved)
  ), scales as (
    select series_id, chunk_start, max(greatest(scale(trim_scale(open)), scale(trim_scale(high)), scale(trim_scale(low)), scale(trim_scale(close)),
        scale(trim_scale(vwap)), scale(trim_scale(bid)), scale(trim_scale(ask)), scale(trim_scale(spread)))) as price_scale,
      max(scale(trim_scale(volume))) as volume_scale, max(volume) * ('1e' || max(scale(trim_scale(volume))))::numeric < 1e18 as is_narrow
    from source group by series_id, chunk_start
  ), scaled as (
    select s.*, u.price_scale, u.volume_scale, u.is_narrow, (open * p.unit)::bigint as o, (high * p.unit)::bigint as h, (low * p.unit)::bigint as l,
      (close * p.unit)::bigint as c, case when u.is_narrow then (volume * ('1e' || u.volume_scale)::numeric)::bigint end as v,
      ((vwap - close) * p.unit)::bigint as w, ((bid - close) * p.unit)::bigint as b, ((ask - close) * p.unit)::bigint as a, (spread * p.unit)::bigint as d
    from source s join scales u using (series_id, chunk_start) cross join lateral (select ('1e' || u.price_scale)::numeric as unit) p
  ), stepped as (
    select *, coalesce(lag(time) over chunk, chunk_start::timestamptz) as time_before, coalesce(lag(c) over chunk, 0) as close_before
    from scaled window chunk as (partition by series_id, chunk_start order by time)
  ), decomposed as (
    select *, o - close_before as gap, c - o as body, h - greatest(o, c) as upper, least(o, c) - l as lower from stepped
  ), parted as (
    -- A number is 65,536 times its high part plus a low part from -32,768 to 32,767.
    select *, (gap + 32768) >> 16 as high_gap, (body + 32768) >> 16 as high_body, (upper + 32768) >> 16 as high_upper, (lower + 32768) >> 16 as high_lower,
      (v + 32768) >> 16 as high_volume
    from decomposed
  ), stored as (
    insert into market.compressed_bars as k (series_id, chunk_start, chunk_end, bar_count, first_time, last_time, price_scale, volume_scale, steps, gaps, bodies,
      uppers, lowers, volumes, high_parts, wide_volumes, vwaps, trade_counts, bids, asks, spreads, additional_data)
    select series_id, chunk_start, chunk_end, count(*), min(time), max(time), price_scale, volume_scale,
      array_agg((extract(epoch from time - time_before) * 1000000)::bigint order by time),
      array_agg((gap - (high_gap << 16))::smallint order by time), array_agg((body - (high_body << 16))::smallint order by time),
      array_agg((upper - (high_upper << 16))::smallint order by time), array_agg((lower - (high_lower << 16))::smallint order by time),
      case when is_narrow then array_agg((v - (high_volume << 16))::smallint order by time) end,
      case when bool_or(high_gap <> 0 or high_body <> 0 or high_upper <> 0 or high_lower <> 0 or high_volume <> 0) then
        array_agg(high_gap order by time) || array_agg(high_body order by time) || array_agg(high_upper order by time) || array_agg(high_lower order by time)
        || array_agg(high_volume order by time) end,
      case when not is_narrow then array_agg(trim_scale(volume) order by time) end,
      case when count(w) > 0 then array_agg(w order by time) end, case when count(trade_count) > 0 then array_agg(trade_count order by time) end,
      case when count(b) > 0 then array_agg(b order by time) end, case when count(a) > 0 then array_agg(a order by time) end,
      case when count(d) > 0 then array_agg(d order by time) end,
      case when count(additional_data) > 0 then array_agg(additional_data order by time) end
    from parted group by series_id, chunk_start, chunk_end, price_scale, volume_scale, is_narrow
    on conflict (series_id, chunk_start, chunk_end) do update set bar_count = excluded.bar_count, first_time = excluded.first_time, last_time = excluded.last_time,
      price_scale = excluded.price_scale, volume_scale = excluded.volume_scale, steps = excluded.steps, gaps = excluded.gaps, bodies = excluded.bodies,
      uppers = excluded.uppers, lowers = excluded.lowers, volumes = excluded.volumes, high_parts = excluded.high_parts, wide_volumes = excluded.wide_volumes,
      vwaps = excluded.vwaps, trade_counts = excluded.trade_counts, bids = excluded.bids, asks = excluded.asks, spreads = excluded.spreads,
      additional_data = excluded.additional_data
  )
  select count(*) into moved_count from moved;
  perform set_config('nestegg.moving_bars', 'off', true);
  return moved_count;
end
$$;
--> statement-breakpoint
-- The first day of the period to which a day belongs.
create function market.period_start(day date, period text, week_starts_on integer) returns date
language sql immutable parallel safe set search_path = pg_catalog as $$
  select case period
    when 'day' then day
    when 'week' then day - (extract(isodow from day)::integer - week_starts_on + 7) % 7
    else date_trunc('month', day::timestamp)::date
  end
$$;
--> statement-breakpoint
-- The first day on or after the given day on which a period begins.
create function market.next_period_start(day date, period text, week_starts_on integer) returns date
language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when not isfinite(day) or started.first_day = day then day
    else (started.first_day + case period when 'day' then interval '1 day' when 'week' then interval '7 days' else interval '1 month' end)::date end
  from (select case when isfinite(day) then market.period_start(day, period, week_starts_on) end as first_day) started
$$;
--> statement-breakpoint
-- The first moment of a day. Where clocks go back at midnight, a day has two midnights, and PostgreSQL takes the second one; so the first one is
-- 24 hours after the midnight before.
create function market.day_start(day date, zone text) returns timestamptz
language sql immutable parallel safe set search_path = pg_catalog as $$
  select case when ((((day - 1)::timestamp at time zone zone) + interval '24 hours') at time zone zone)::date = day
    then least(day::timestamp at time zone zone, ((day - 1)::timestamp at time zone zone) + interval '24 hours')
    else day::timestamp at time zone zone end
$$;
--> statement-breakpoint
-- The rollups of the ranges that changed since the last refresh, computed from the current bars: all periods that begin from `from_day`
-- (included) to `until_day` (not included). Null for the series or the period means all.
create function market.fresh_rollups(of_series integer[], of_period text, from_day date, until_day date) returns setof market.bar_rollups
language sql stable set search_path = pg_catalog as $$
  with stale as (
    select c.series_id, c.zone, c.week_starts_on, p.period, range_agg(daterange(
        market.period_start((s.first_time at time zone c.zone)::date, p.period, c.week_starts_on),
        (market.period_start((s.last_time at time zone c.zone)::date, p.period, c.week_starts_on) + p.length)::date)
      * daterange(market.next_period_start(from_day, p.period, c.week_starts_on), market.next_period_start(greatest(from_day, until_day), p.period, c.week_starts_on))) as days
    from market.stale_ranges s
    join market.series_calendars c using (series_id)
    join (values ('day', interval '1 day'), ('week', interval '7 days'), ('month', interval '1 month')) p (period, length)
      on c.seconds <= 86400 and not (c.is_dated and p.period = 'day')
    where (of_series is null or s.series_id = any (of_series)) and (of_period is null or p.period = of_period)
    group by c.series_id, c.zone, c.week_starts_on, p.period
  )
  select stale.series_id, stale.period, made.period_start, made.open, made.high, made.low, made.close, made.volume, made.vwap, made.trade_count, made.bar_count
  from stale cross join lateral unnest(stale.days) as span
  cross join lateral (
    select market_day.period_start, (array_agg(open order by time))[1] as open, max(high) as high, min(low) as low, (array_agg(close order by time))[count(*)] as close,
      sum(volume) as volume, (sum(vwap * volume) / nullif(sum(volume) filter (where vwap is not null), 0))::numeric(18, 8) as vwap,
      sum(trade_count) as trade_count, count(*)::integer as bar_count
    from market.all_bars b
    cross join lateral (select (b.time at time zone stale.zone)::date as day) local
    cross join lateral (
      select case stale.period
        when 'day' then local.day
        when 'week' then local.day - (extract(isodow from local.day)::integer - stale.week_starts_on + 7) % 7
        else date_trunc('month', local.day::timestamp)::date
      end as period_start
    ) market_day
    where b.series_id = stale.series_id and b.time >= market.day_start(lower(span), stale.zone) and b.time < market.day_start(upper(span), stale.zone)
      and b.chunk_start <= upper(span) and b.chunk_end >= lower(span)
    group by market_day.period_start
  ) made
$$;
--> statement-breakpoint
-- The stored rollups that are up to date: no bar of their period changed since the last refresh.
-- The second part returns nothing. It is there for queries that also read fresh_rollups, which reads the bars later than this view: it locks the
-- list of partitions from the start of the query, so that no bar moves to another partition in between.
create view market.settled_rollups as
select r.* from market.bar_rollups r
where not exists (
  select from market.stale_ranges s join market.series_calendars c using (series_id)
  where s.series_id = r.series_id and r.period_start <= (s.last_time at time zone c.zone)::date
    and r.period_start >= market.period_start((s.first_time at time zone c.zone)::date, r.period, c.week_starts_on)
)
union all
select series_id, null, null, open, high, low, close, volume, vwap, null, null from only market.bars where false;
--> statement-breakpoint
-- The current daily, weekly and monthly bars: stored rollups that are up to date, and the others computed from the bars.
create view market.rollups as
select * from market.settled_rollups
union all
select * from market.fresh_rollups(null, null, '-infinity', 'infinity');
--> statement-breakpoint
-- Refreshes the rollups of all changed ranges, 50 series at a time. Begins no further series after `until_moment`. Returns how many changed
-- ranges it settled. Ranges that change meanwhile stay recorded for the next refresh.
create function market.refresh_rollups(until_moment timestamptz default 'infinity') returns integer
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  some_series integer[];
  noted bigint[];
  settled_count integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('market.refresh_rollups'));
  for some_series in
    select array_agg(series_id) from (
      select series_id, (row_number() over (order by series_id) - 1) / 50 as part from (select distinct series_id from market.stale_ranges) stale
    ) parted group by part order by part
  loop
    exit when clock_timestamp() > until_moment;
    select array_agg(id) into noted from market.stale_ranges where series_id = any (some_series);
    delete from market.bar_rollups r using market.stale_ranges s join market.series_calendars c using (series_id)
    where s.series_id = any (some_series) and r.series_id = s.series_id and r.period_start <= (s.last_time at time zone c.zone)::date
      and r.period_start >= market.period_start((s.first_time at time zone c.zone)::date, r.period, c.week_starts_on);
    insert into market.bar_rollups select * from market.fresh_rollups(some_series, null, '-infinity', 'infinity')
    on conflict (period, series_id, period_start) do update set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
      volume = excluded.volume, vwap = excluded.vwap, trade_count = excluded.trade_count, bar_count = excluded.bar_count;
    delete from market.stale_ranges where id = any (noted);
    settled_count := settled_count + cardinality(noted);
  end loop;
  return settled_count;
end
$$;
--> statement-breakpoint
-- A changed calendar moves bars to other days, weeks and months, so all rollups of its series are computed again.
create function market.note_changed_calendar() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  moved integer[];
begin
  select coalesce(array_agg(series_id), '{}') into moved from market.series_calendars c
  where case tg_table_name when 'exchanges' then c.exchange_code = to_jsonb(new) ->> 'code' else c.instrument_id = (to_jsonb(new) ->> 'id')::uuid end;
  delete from market.bar_rollups where series_id = any (moved);
  insert into market.stale_ranges (series_id, first_time, last_time)
  -- Two more days, for rollups that another transaction is computing with the old calendar.
  select series_id, '1920-01-01 00:00:00+00', time + interval '2 days' from market.latest_bars where series_id = any (moved);
  return null;
end
$$;
--> statement-breakpoint
create trigger note_changed_calendar after update of timezone, week_starts_on on market.exchanges for each row
  when (old.timezone <> new.timezone or old.week_starts_on <> new.week_starts_on) execute function market.note_changed_calendar();
--> statement-breakpoint
create trigger note_changed_calendar after update of exchange_code on market.instruments for each row
  when (old.exchange_code <> new.exchange_code) execute function market.note_changed_calendar();
--> statement-breakpoint
-- The cutoff of each timeframe, the beginning of a month: older bars are not kept. Timeframes that are kept forever are left out.
create view market.bar_cutoffs as
select timeframe, date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - make_interval(months => retain_months) as cutoff
from market.timeframes where retain_months is not null;
--> statement-breakpoint
-- How many bars retention would remove now: plain bars before their timeframe's cutoff, and compressed chunks that end before it.
-- It is not `stable`, because it must not count with a snapshot from before it waited for bars to move to another partition.
create function market.expired_bars() returns table (timeframe text, cutoff timestamptz, bar_count bigint)
language sql set search_path = pg_catalog as $$
  select c.timeframe, c.cutoff,
    (select count(*) from market.bars b where b.time < c.cutoff and b.series_id in (select id from market.series s where s.timeframe = c.timeframe))
    + (select coalesce(sum(k.bar_count), 0)
      from market.compressed_bars k join market.series s on s.id = k.series_id
      where s.timeframe = c.timeframe and k.chunk_end <= (c.cutoff at time zone 'UTC')::date)
  from market.bar_cutoffs c order by c.cutoff, c.timeframe
$$;
--> statement-breakpoint
-- Whether retention removes all bars of a partition.
create function market.is_expired_partition(partition_oid oid, until timestamptz) returns boolean
language plpgsql stable set search_path = pg_catalog as $$
declare
  has_kept boolean;
begin
  execute format('select exists (select from %s b join market.series s on s.id = b.series_id left join market.bar_cutoffs c using (timeframe)
    where c.cutoff is null or c.cutoff < %L)', partition_oid::regclass, until) into has_kept;
  return not has_kept;
end
$$;
--> statement-breakpoint
-- One step of the removal of expired bars: drops a partition if retention keeps none of its bars. If there is none, deletes the expired bars
-- and compressed chunks of one timeframe. Returns how many bars were removed, by timeframe, and the names of dropped partitions. When both are
-- empty, nothing is left to remove. Each step needs a transaction of its own: queries of bars wait for the end of a transaction that drops a
-- partition, and stores wait for that of one that removes bars of their series.
create function market.apply_bar_retention() returns jsonb
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '10s' as $$
declare
  expired record;
  touched_series integer[];
  removed jsonb := '{}';
  plain_count bigint;
  compressed_count bigint;
begin
  perform pg_advisory_xact_lock(hashtext('market.compress_span'));
  perform pg_advisory_xact_lock(hashtext('market.make_bar_partition'));
  select oid, name, upper_bound into expired from market.bar_partitions
  where upper_bound <= (select max(cutoff) from market.bar_cutoffs) and market.is_expired_partition(oid, upper_bound) limit 1;
  if found then
    perform market.lock_series(array(select id from market.series join market.bar_cutoffs using (timeframe)));
    -- Queries of bars wait behind this lock, also while it is not free.
    perform set_config('lock_timeout', '1s', true);
    lock table only market.bars in access exclusive mode;
    -- Meanwhile another transaction may have stored a bar that has to be kept.
    if market.is_expired_partition(expired.oid, expired.upper_bound) then
      execute format('with counted as (
          select series_id, min(time) as first_time, max(time) as last_time, count(*) as bars from market.%I group by series_id
        ), noted as (
          insert into market.stale_ranges (series_id, first_time, last_time) select series_id, first_time, last_time from counted
        )
        select (select array_agg(series_id) from counted), coalesce(jsonb_object_agg(timeframe, bars), ''{}'')
        from (select timeframe, sum(bars) as bars from counted join market.series on id = series_id group by timeframe) t', expired.name)
      into touched_series, removed;
      execute format('drop table market.%I', expired.name);
      perform market.find_latest_bars(array_agg(series_id)) from market.latest_bars
      where series_id = any (touched_series) and time < expired.upper_bound having count(*) > 0;
      return jsonb_build_object('removed', removed, 'dropped', array[expired.name]);
    end if;
  end if;
  select timeframe, cutoff into expired from market.expired_bars() where bar_count > 0 limit 1;
  if found then
    perform market.lock_series(array(select id from market.series where timeframe = expired.timeframe));
    delete from market.bars
    where time < expired.cutoff and series_id in (select id from market.series where timeframe = expired.timeframe);
    get diagnostics plain_count = row_count;
    with deleted as (
      delete from market.compressed_bars k using market.series s
      where s.id = k.series_id and s.timeframe = expired.timeframe and k.chunk_end <= expired.cutoff::date
      returning k.series_id, k.first_time, k.last_time, k.bar_count
    ), noted as (
      insert into market.stale_ranges (series_id, first_time, last_time)
      select series_id, min(first_time), max(last_time) from deleted group by series_id
    )
    select array_agg(distinct series_id), coalesce(sum(bar_count), 0) into touched_series, compressed_count from deleted;
    perform market.find_latest_bars(array_agg(series_id)) from market.latest_bars
    where series_id = any (touched_series) and time < expired.cutoff having count(*) > 0;
    removed := jsonb_build_object(expired.timeframe, plain_count + compressed_count);
  end if;
  return jsonb_build_object('removed', removed, 'dropped', '{}'::text[]);
end
$$;
--> statement-breakpoint
grant select on market.exchanges, market.exchange_holidays, market.instruments, market.symbol_history, market.splits, market.dividends, market.market_caps,
  market.fx_rates, market.benchmarks, market.timeframes, market.bar_settings, market.series, market.bars, market.compressed_bars, market.latest_bars,
  market.bar_rollups, market.stale_ranges, market.series_calendars, market.bar_partitions, market.bar_cutoffs, market.uncompressed_bars,
  market.all_bars, market.settled_rollups, market.rollups to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant insert, update (name, timezone, week_starts_on, trading_days, opens_at, closes_at, version) on market.exchanges to nestegg_operator;
--> statement-breakpoint
grant insert, update (symbol, name, type, exchange_code, currency, sector, industry, country, current_price, price_date, market_cap, pe_ratio, dividend_yield,
  expense_ratio, fundamentals, is_active, version) on market.instruments to nestegg_operator;
--> statement-breakpoint
grant insert, update (valid_until) on market.symbol_history to nestegg_operator;
--> statement-breakpoint
grant insert, update (market_cap) on market.market_caps to nestegg_operator;
--> statement-breakpoint
grant insert, update (rate, source) on market.fx_rates to nestegg_operator;
--> statement-breakpoint
grant insert, update (name, description, benchmark_type, category, currency, composition, is_active, version) on market.benchmarks to nestegg_operator;
--> statement-breakpoint
grant insert, delete on market.exchange_holidays, market.splits, market.dividends to nestegg_operator;
--> statement-breakpoint
grant insert on market.series, market.bars to nestegg_operator;
--> statement-breakpoint
grant update (retain_months) on market.timeframes to nestegg_operator;
--> statement-breakpoint
grant update (partition_interval, partitions_ahead, compress_after_months) on market.bar_settings to nestegg_operator;
--> statement-breakpoint
grant execute on function market.day_start(date, text), market.period_start(date, text, integer), market.next_period_start(date, text, integer), market.fresh_rollups(integer[], text, date, date) to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant execute on function market.make_bar_partition(timestamptz), market.make_bar_partitions(interval), market.lock_series(integer[]), market.reopen_chunk(integer, date), market.open_bar_load(),
  market.store_loaded_bars(), market.remove_bars(integer, timestamptz, timestamptz), market.compressible_spans(date),
  market.compress_span(timestamptz, date, integer[], date), market.refresh_rollups(timestamptz),
  market.apply_bar_retention(), market.expired_bars(), market.is_expired_partition(oid, timestamptz) to nestegg_operator;
--> statement-breakpoint
grant execute on function market.store_bars(integer[], timestamptz[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], bigint[], numeric[], numeric[],
  numeric[], jsonb[]) to nestegg_operator;
--> statement-breakpoint
create trigger stamp_row before insert or update on market.exchanges for each row execute function operations.stamp_row();
--> statement-breakpoint
create trigger stamp_row before insert or update on market.instruments for each row execute function operations.stamp_row();
--> statement-breakpoint
create trigger stamp_row before insert or update on market.benchmarks for each row execute function operations.stamp_row();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.exchanges for each row execute function operations.audit_change();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.instruments for each row execute function operations.audit_change('fundamentals');
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.splits for each row execute function operations.audit_change();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.dividends for each row execute function operations.audit_change();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.benchmarks for each row execute function operations.audit_change();
--> statement-breakpoint
grant select on market.return_datasets, market.annual_returns to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant insert on market.return_datasets, market.annual_returns to nestegg_operator;
--> statement-breakpoint
create trigger stamp_row before insert or update on market.return_datasets for each row execute function operations.stamp_row();
