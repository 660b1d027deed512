drop table market.stale_ranges, market.bar_rollups, market.latest_bars, market.compressed_bars, market.series, market.bar_settings, market.timeframes;
--> statement-breakpoint
drop table market.benchmarks, market.fx_rates, market.market_caps, market.dividends, market.splits, market.symbol_history, market.instruments,
  market.exchange_holidays, market.exchanges;
