drop view market.rollups, market.settled_rollups;
--> statement-breakpoint
drop function market.apply_bar_retention(), market.is_expired_partition(oid, timestamptz), market.expired_bars(), market.refresh_rollups(timestamptz),
  market.fresh_rollups(integer[], text, date, date), market.next_period_start(date, text, integer), market.period_start(date, text, integer), market.day_start(date, text),
  market.compress_span(timestamptz, date, integer[], date), market.compressible_spans(date), market.remove_bars(integer, timestamptz, timestamptz), market.store_loaded_bars(), market.open_bar_load(),
  market.store_bars(integer[], timestamptz[], numeric[], numeric[], numeric[], numeric[], numeric[], numeric[], bigint[], numeric[], numeric[], numeric[], jsonb[]),
  market.find_latest_bars(integer[]), market.reopen_chunk(integer, date), market.lock_series(integer[]), market.make_bar_partitions(interval), market.make_bar_partition(timestamptz);
--> statement-breakpoint
drop view market.bar_cutoffs, market.all_bars, market.uncompressed_bars, market.bar_partitions, market.series_calendars;
--> statement-breakpoint
drop table market.bars, market.stale_ranges, market.bar_rollups, market.latest_bars, market.compressed_bars, market.series, market.bar_settings,
  market.timeframes;
--> statement-breakpoint
drop table market.benchmarks, market.fx_rates, market.market_caps, market.dividends, market.splits, market.symbol_history, market.instruments,
  market.exchange_holidays, market.exchanges, market.annual_returns, market.return_datasets;
--> statement-breakpoint
drop function market.note_stored_bars(), market.note_removed_bars(), market.note_changed_calendar(), market.refuse_partial_change(), market.change_bar();
