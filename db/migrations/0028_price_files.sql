-- The price files that were stored, with what is needed to undo them.
CREATE TABLE "market"."price_files" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"file_name" text,
	"received_count" integer NOT NULL,
	"stored_count" integer NOT NULL,
	"replaced_count" integer NOT NULL,
	"actions" jsonb NOT NULL,
	"action_count" integer NOT NULL,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "price_files_counts" CHECK ("market"."price_files"."received_count" >= "market"."price_files"."stored_count" and "market"."price_files"."stored_count" >= "market"."price_files"."replaced_count")
);
--> statement-breakpoint
CREATE TABLE "market"."price_file_series" (
	"file_id" uuid NOT NULL,
	"series_id" integer NOT NULL,
	"bar_count" integer NOT NULL,
	"first_time" timestamp with time zone NOT NULL,
	"last_time" timestamp with time zone NOT NULL,
	"times" timestamp with time zone[] NOT NULL,
	"checksum" numeric NOT NULL,
	CONSTRAINT "price_file_series_pkey" PRIMARY KEY("file_id","series_id")
);
--> statement-breakpoint
CREATE TABLE "market"."replaced_bars" (
	"file_id" uuid NOT NULL,
	"series_id" integer NOT NULL,
	"time" timestamp with time zone NOT NULL,
	"open" numeric(18, 8) NOT NULL,
	"high" numeric(18, 8) NOT NULL,
	"low" numeric(18, 8) NOT NULL,
	"close" numeric(18, 8) NOT NULL,
	"volume" numeric(24, 8),
	"vwap" numeric(18, 8),
	"trade_count" bigint,
	"bid" numeric(18, 8),
	"ask" numeric(18, 8),
	"spread" numeric(18, 8),
	"additional_data" jsonb,
	CONSTRAINT "replaced_bars_pkey" PRIMARY KEY("file_id","series_id","time")
);
--> statement-breakpoint
ALTER TABLE "market"."price_file_series" ADD CONSTRAINT "price_file_series_file_id_price_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "market"."price_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."price_file_series" ADD CONSTRAINT "price_file_series_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."replaced_bars" ADD CONSTRAINT "replaced_bars_file_id_price_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "market"."price_files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."replaced_bars" ADD CONSTRAINT "replaced_bars_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "market"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "price_file_series_series" ON "market"."price_file_series" USING btree ("series_id");--> statement-breakpoint
CREATE INDEX "price_files_created" ON "market"."price_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "replaced_bars_series" ON "market"."replaced_bars" USING btree ("series_id");
--> statement-breakpoint
-- Says whether a bar is the one that was stored: equal bars have equal hashes.
create function market.bar_hash(moment timestamptz, open numeric, high numeric, low numeric, close numeric, volume numeric, vwap numeric, trade_count bigint,
  bid numeric, ask numeric, spread numeric, additional_data jsonb) returns bigint
language sql stable parallel safe set search_path = pg_catalog as $$
  select hashtextextended(row(extract(epoch from moment), open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)::text, 0)
$$;
--> statement-breakpoint
-- Stores the bars of the temporary table as those of a price file, all or none, and keeps what market.undo_price_file needs. `actions` are the
-- dividends and splits that the file has changed. A file that changes nothing is not kept: then `file_id` is null.
create function market.store_price_file(file_name text, received integer, actions jsonb, action_count integer)
  returns table (file_id uuid, stored integer, replaced integer)
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set work_mem = '64MB' as $$
#variable_conflict use_column
declare
  kept_file constant uuid := operations.uuid_v7();
  file market.price_files;
begin
  perform market.lock_series(array(select distinct series_id from pg_temp.bar_load));
  with found as materialized (
    select u.*, (b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count, b.bid, b.ask, b.spread, b.additional_data) is not distinct from (u.open, u.high, u.low, u.close, u.volume, u.vwap, u.trade_count, u.bid, u.ask, u.spread, u.additional_data) as is_same
    from (select series_id, min(time) as first_time, max(time) as last_time from pg_temp.bar_load group by series_id) loaded
    cross join lateral (
      select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data from market.all_bars
      where series_id = loaded.series_id and time >= loaded.first_time and time <= loaded.last_time
        and chunk_start <= (loaded.last_time)::date and chunk_end > (loaded.first_time)::date offset 0
    ) u
    join pg_temp.bar_load b on b.series_id = u.series_id and b.time = u.time
  ), left_out as (
    delete from pg_temp.bar_load b using found f where f.is_same and b.series_id = f.series_id and b.time = f.time
  ), counted as (
    select (select count(*) from pg_temp.bar_load) - count(*) filter (where is_same) as stored, count(*) filter (where not is_same) as replaced from found
  ), kept as (
    insert into market.price_files (id, file_name, received_count, stored_count, replaced_count, actions, action_count)
    select kept_file, store_price_file.file_name, store_price_file.received, counted.stored, counted.replaced, store_price_file.actions, store_price_file.action_count
    from counted where counted.stored > 0 or store_price_file.action_count > 0
  )
  insert into market.replaced_bars (file_id, series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select kept_file, series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data from found where not is_same;
  select * into file from market.price_files where id = kept_file;
  if found then
    insert into market.price_file_series (file_id, series_id, bar_count, first_time, last_time, times, checksum)
    select kept_file, series_id, count(*), min(time), max(time), array_agg(time order by time),
      sum(market.bar_hash(time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data))
    from pg_temp.bar_load group by series_id;
  end if;
  -- The plain INSERT is faster.
  if file.replaced_count > 0 then
    insert into market.bars as b select * from pg_temp.bar_load
    on conflict (series_id, time) do update set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume,
      vwap = excluded.vwap, trade_count = excluded.trade_count, bid = excluded.bid, ask = excluded.ask, spread = excluded.spread, additional_data = excluded.additional_data;
  else
    insert into market.bars select * from pg_temp.bar_load;
  end if;
  drop table pg_temp.bar_load;
  return query select file.id, coalesce(file.stored_count, 0), coalesce(file.replaced_count, 0);
end
$$;
--> statement-breakpoint
-- Undoes a price file: removes the bars, dividends and splits that it added, and brings back those that it replaced. Does nothing if some of them
-- have changed since, and returns the symbols of these; null if there is no such file to undo.
create function market.undo_price_file(of_file uuid) returns text[]
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set work_mem = '64MB' as $$
declare
  done jsonb;
  changed text[];
  part record;
begin
  select actions into done from market.price_files where id = of_file and undone_at is null for update;
  if not found then
    return null;
  end if;
  perform market.lock_series(array(select series_id from market.price_file_series where file_id = of_file));
  select array_agg(distinct symbol order by symbol) into changed from (
    select c.symbol
    from market.price_file_series p
    join market.series_calendars c on c.series_id = p.series_id
    cross join lateral (
      select count(*) as bars, sum(market.bar_hash(b.time, b.open, b.high, b.low, b.close, b.volume, b.vwap, b.trade_count, b.bid, b.ask, b.spread, b.additional_data)) as checksum
      from (
        select time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data from market.all_bars
        where series_id = p.series_id and time >= p.first_time and time <= p.last_time
          and chunk_start <= (p.last_time)::date and chunk_end > (p.first_time)::date offset 0
      ) b
      join unnest(p.times) stored (moment) on stored.moment = b.time
    ) now
    where p.file_id = of_file and (now.bars <> p.bar_count or now.checksum <> p.checksum)
    union all
    select i.symbol from jsonb_populate_recordset(null::market.dividends, done -> 'dividends' -> 'added') a join market.instruments i on i.id = a.instrument_id
    where not exists (select from market.dividends d where d.instrument_id = a.instrument_id and d = a)
    union all
    select i.symbol from jsonb_populate_recordset(null::market.splits, done -> 'splits' -> 'added') a join market.instruments i on i.id = a.instrument_id
    where not exists (select from market.splits s where s.instrument_id = a.instrument_id and s = a)
  ) other;
  if changed is not null then
    return changed;
  end if;
  perform market.reopen_chunk(c.series_id, c.chunk_start)
  from (
    select p.series_id, min(stored.moment) as first_time, max(stored.moment) as last_time
    from market.price_file_series p cross join unnest(p.times) stored (moment) where p.file_id = of_file
    group by p.series_id, date_trunc('month', stored.moment)
  ) touched
  join market.compressed_bars c on c.series_id = touched.series_id and c.first_time <= touched.last_time and c.last_time >= touched.first_time
  group by c.series_id, c.chunk_start;
  for part in
    select series_id, first_time, last_time, times from market.price_file_series where file_id = of_file order by series_id
  loop
    delete from market.bars b using unnest(part.times) stored (moment)
    where b.series_id = part.series_id and b.time >= part.first_time and b.time <= part.last_time and b.time = stored.moment;
  end loop;
  insert into market.bars (series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data)
  select series_id, time, open, high, low, close, volume, vwap, trade_count, bid, ask, spread, additional_data from market.replaced_bars where file_id = of_file;
  delete from market.dividends d using jsonb_populate_recordset(null::market.dividends, done -> 'dividends' -> 'added') a
  where (d.instrument_id, d.ex_date, d.kind) = (a.instrument_id, a.ex_date, a.kind);
  insert into market.dividends select * from jsonb_populate_recordset(null::market.dividends, done -> 'dividends' -> 'removed');
  delete from market.splits s using jsonb_populate_recordset(null::market.splits, done -> 'splits' -> 'added') a
  where (s.instrument_id, s.ex_date) = (a.instrument_id, a.ex_date);
  insert into market.splits select * from jsonb_populate_recordset(null::market.splits, done -> 'splits' -> 'removed');
  update market.price_files set undone_at = now() where id = of_file;
  delete from market.price_file_series where file_id = of_file;
  delete from market.replaced_bars where file_id = of_file;
  return '{}';
end
$$;
--> statement-breakpoint
-- Retention deletes.
grant select, delete on market.price_files to nestegg_operator;
--> statement-breakpoint
grant execute on function market.store_price_file(text, integer, jsonb, integer), market.undo_price_file(uuid) to nestegg_operator;
--> statement-breakpoint
create trigger stamp_row before insert or update on market.price_files for each row execute function operations.stamp_row();
--> statement-breakpoint
create trigger audit_change after insert or update or delete on market.price_files for each row execute function operations.audit_change('actions');
