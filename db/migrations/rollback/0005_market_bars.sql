drop trigger audit_change on market.benchmarks;
--> statement-breakpoint
drop trigger audit_change on market.dividends;
--> statement-breakpoint
drop trigger audit_change on market.splits;
--> statement-breakpoint
drop trigger audit_change on market.instruments;
--> statement-breakpoint
drop trigger audit_change on market.exchanges;
--> statement-breakpoint
drop trigger stamp_row on market.benchmarks;
--> statement-breakpoint
drop trigger stamp_row on market.instruments;
--> statement-breakpoint
drop trigger stamp_row on market.exchanges;
--> statement-breakpoint
drop trigger note_changed_calendar on market.instruments;
--> statement-breakpoint
drop trigger note_changed_calendar on market.exchanges;
--> statement-breakpoint
drop view market.rollups, market.settled_rollups;
--> statement-breakpoint
drop function market.apply_bar_retention(), market.is_expired_partition(oid, timestamptz), market.expired_bars(), market.refresh_rollups(timestamptz), market.fresh_rollups(integer[], text, date, date), market.next_period_start(date, text, integer), market.period_start(date, text, integer),
  market.note_changed_calendar(), market.compress_bars(date, timestamptz), market.remove_bars(integer, timestamptz, timestamptz), market.store_loaded_bars(), market.open_bar_load(),
  market.store_bars(integer[], timestamptz[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], bigint[], numeric[], numeric[], numeric[], jsonb[]),
  market.find_latest_bars(integer[]), market.reopen_chunk(integer, date), market.make_bar_partitions(), market.make_bar_partition(timestamptz);
--> statement-breakpoint
drop view market.bar_cutoffs, market.all_bars, market.uncompressed_bars, market.bar_partitions, market.series_calendars;
--> statement-breakpoint
drop table market.bars;
--> statement-breakpoint
drop function market.note_stored_bars(), market.note_removed_bars();
--> statement-breakpoint
delete from market.bar_settings;
--> statement-breakpoint
delete from market.timeframes;
--> statement-breakpoint
revoke all on market.exchanges, market.exchange_holidays, market.instruments, market.symbol_history, market.splits, market.dividends, market.market_caps,
  market.fx_rates, market.benchmarks, market.timeframes, market.bar_settings, market.series, market.compressed_bars, market.latest_bars, market.bar_rollups,
  market.stale_ranges from nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
revoke update (retain_months) on market.timeframes from nestegg_operator;
--> statement-breakpoint
revoke update (partition_interval, partitions_ahead, compress_after_months) on market.bar_settings from nestegg_operator;
