-- Bars that the old rules refuse are removed: those with prices of zero or less, or before 1920. An unknown volume becomes 0.
do $$
declare
  bad record;
begin
  for bad in select distinct series_id, time from market.all_bars where low <= 0 or vwap <= 0 or bid < 0 or ask < 0 or time < '1920-01-01 00:00:00+00' loop
    delete from market.all_bars where series_id = bad.series_id and time = bad.time;
  end loop;
  update market.all_bars set volume = 0 where volume is null;
end
$$;
--> statement-breakpoint
update market.latest_bars set volume = 0 where volume is null;
--> statement-breakpoint
update market.bar_rollups set volume = 0 where volume is null;
--> statement-breakpoint
alter table market.bars drop constraint bars_prices, drop constraint bars_vwap, drop constraint bars_bid, drop constraint bars_ask, drop constraint bars_time,
  alter column volume set not null,
  add constraint bars_prices check (low > 0 and low <= open and low <= close and high >= open and high >= close and high <> 'NaN'),
  add constraint bars_vwap check (vwap > 0 and vwap <> 'NaN'),
  add constraint bars_bid check (bid >= 0 and bid <> 'NaN'),
  add constraint bars_ask check (ask >= 0 and ask <> 'NaN'),
  add constraint bars_time check (time >= '1920-01-01 00:00:00+00' and time < '2100-01-01 00:00:00+00');
--> statement-breakpoint
create or replace function market.note_stored_bars() returns trigger
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
create or replace function market.compress_span(first_moment timestamptz, chunk_end date, of_series integer[], before date) returns bigint
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
create or replace function market.note_changed_calendar() returns trigger
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
alter table market.latest_bars alter column volume set not null;
--> statement-breakpoint
alter table market.bar_rollups alter column volume set not null;
--> statement-breakpoint
update market.instruments set type = 'other' where type in ('index', 'fx');
--> statement-breakpoint
update market.instruments set current_price = null where current_price <= 0;
--> statement-breakpoint
alter table market.instruments drop constraint instruments_symbol_form, drop constraint instruments_type_known, drop constraint instruments_current_price_positive,
  drop column allows_negative_prices;
--> statement-breakpoint
-- The old rule knows no & ! and :, and at most 20 characters.
update market.instruments set symbol = left(translate(symbol, '&!:', '---'), 20) where symbol !~ '^[A-Z0-9^][A-Z0-9.^=/_-]{0,19}$';
--> statement-breakpoint
alter table market.instruments
  add constraint instruments_symbol_form check (symbol ~ '^[A-Z0-9^][A-Z0-9.^=/_-]{0,19}$'),
  add constraint instruments_type_known check (type in ('stock', 'bond', 'etf', 'mutual_fund', 'option', 'future', 'crypto', 'commodity', 'real_estate', 'other')),
  add constraint instruments_current_price_positive check (current_price > 0);
