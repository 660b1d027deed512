drop function market.undo_price_file(uuid), market.store_price_file(text, integer, jsonb, integer);
--> statement-breakpoint
drop table market.replaced_bars, market.price_file_series, market.price_files;
--> statement-breakpoint
drop function market.bar_hash(timestamptz, numeric, numeric, numeric, numeric, numeric, numeric, bigint, numeric, numeric, numeric, jsonb);
