CREATE TABLE "market"."benchmarks" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"symbol" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"type" text NOT NULL,
	"category" text NOT NULL,
	"currency" char(3) NOT NULL,
	"composition" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "benchmarks_type_known" CHECK ("market"."benchmarks"."type" in ('index', 'blend', 'peer_group', 'custom')),
	CONSTRAINT "benchmarks_currency_iso" CHECK ("market"."benchmarks"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "benchmarks_composition_is_list" CHECK (jsonb_typeof("market"."benchmarks"."composition") = 'array')
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
	"price" numeric(18, 8),
	"price_date" date,
	"market_cap" numeric(20, 2),
	"price_earnings_ratio" numeric(14, 4),
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
	CONSTRAINT "instruments_price_positive" CHECK ("market"."instruments"."price" > 0),
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
CREATE TABLE "market"."splits" (
	"instrument_id" uuid NOT NULL,
	"ex_date" date NOT NULL,
	"numerator" integer NOT NULL,
	"denominator" integer NOT NULL,
	CONSTRAINT "splits_pkey" PRIMARY KEY("instrument_id","ex_date"),
	CONSTRAINT "splits_ratio" CHECK ("market"."splits"."numerator" between 1 and 1000000 and "market"."splits"."denominator" between 1 and 1000000 and "market"."splits"."numerator" <> "market"."splits"."denominator")
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
ALTER TABLE "market"."exchange_holidays" ADD CONSTRAINT "exchange_holidays_exchange_code_exchanges_code_fk" FOREIGN KEY ("exchange_code") REFERENCES "market"."exchanges"("code") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."instruments" ADD CONSTRAINT "instruments_exchange_code_exchanges_code_fk" FOREIGN KEY ("exchange_code") REFERENCES "market"."exchanges"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."market_caps" ADD CONSTRAINT "market_caps_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."splits" ADD CONSTRAINT "splits_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."symbol_history" ADD CONSTRAINT "symbol_history_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."bar_rollups" ADD CONSTRAINT "bar_rollups_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."compressed_bars" ADD CONSTRAINT "compressed_bars_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."latest_bars" ADD CONSTRAINT "latest_bars_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_instrument_id_instruments_id_fk" FOREIGN KEY ("instrument_id") REFERENCES "market"."instruments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."series" ADD CONSTRAINT "series_timeframe_timeframes_timeframe_fk" FOREIGN KEY ("timeframe") REFERENCES "market"."timeframes"("timeframe") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."stale_ranges" ADD CONSTRAINT "stale_ranges_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "benchmarks_symbol_key" ON "market"."benchmarks" USING btree ("symbol");--> statement-breakpoint
CREATE INDEX "benchmarks_type_category" ON "market"."benchmarks" USING btree ("type","category");--> statement-breakpoint
CREATE UNIQUE INDEX "instruments_symbol_key" ON "market"."instruments" USING btree ("symbol");--> statement-breakpoint
CREATE INDEX "instruments_type_exchange" ON "market"."instruments" USING btree ("type","exchange_code");--> statement-breakpoint
CREATE INDEX "instruments_sector_industry" ON "market"."instruments" USING btree ("sector","industry");--> statement-breakpoint
CREATE INDEX "instruments_exchange" ON "market"."instruments" USING btree ("exchange_code");--> statement-breakpoint
CREATE INDEX "instruments_fundamentals" ON "market"."instruments" USING gin ("fundamentals" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "symbol_history_symbol" ON "market"."symbol_history" USING btree ("symbol","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "symbol_history_current_key" ON "market"."symbol_history" USING btree ("instrument_id") WHERE "market"."symbol_history"."valid_until" is null;--> statement-breakpoint
CREATE INDEX "compressed_bars_chunk_end" ON "market"."compressed_bars" USING btree ("chunk_end");--> statement-breakpoint
CREATE UNIQUE INDEX "series_instrument_timeframe_key" ON "market"."series" USING btree ("instrument_id","timeframe");--> statement-breakpoint
CREATE INDEX "series_timeframe" ON "market"."series" USING btree ("timeframe");--> statement-breakpoint
CREATE INDEX "stale_ranges_series" ON "market"."stale_ranges" USING btree ("series_id");