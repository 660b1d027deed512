-- An event without a duration, memory or processor use got the largest possible one: LEAST ignores nulls.
create or replace function operations.record_system_event(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  event operations.system_events;
  times constant integer := greatest(1, least(coalesce((document ->> 'occurrences')::numeric, 1), 1000000))::integer;
  most_new_events constant integer := 1000;
  recorded record;
begin
  event.event_type := document ->> 'eventType';
  event.event_category := document ->> 'eventCategory';
  event.message := coalesce(left(document ->> 'message', 2000), '');
  event.severity := coalesce(document ->> 'severity', 'info');
  event.component := left(document ->> 'component', 100);
  event.environment := left(document ->> 'environment', 50);
  event.version := left(document ->> 'version', 50);
  event.error_code := left(document ->> 'errorCode', 50);
  event.stack_trace := left(document ->> 'stackTrace', 8000);
  event.additional_data := case when octet_length((document -> 'additionalData')::text) <= 4000 then nullif(document -> 'additionalData', 'null') end;
  event.duration_ms := case when document ->> 'durationMs' is not null then least((document ->> 'durationMs')::numeric, 2147483647)::integer end;
  event.memory_usage_mb := case when document ->> 'memoryUsageMb' is not null then least((document ->> 'memoryUsageMb')::numeric, 2147483647)::integer end;
  event.cpu_usage_percent := case when document ->> 'cpuUsagePercent' is not null then least((document ->> 'cpuUsagePercent')::numeric, 999.99) end;
  event.fingerprint := encode(sha256(convert_to(jsonb_build_array(event.environment, event.event_type, event.event_category, event.severity,
    event.component, event.error_code, event.message)::text, 'UTF8')), 'hex');
  for attempt in 1..2 loop
    -- So that the same event from two transactions makes one row.
    perform pg_advisory_xact_lock(hashtextextended('system event ' || event.fingerprint, 0));
    update operations.system_events e
    set occurrences = least(e.occurrences::bigint + times, 2147483647)::integer, last_seen_at = clock_timestamp(),
      duration_ms = greatest(e.duration_ms, event.duration_ms), memory_usage_mb = greatest(e.memory_usage_mb, event.memory_usage_mb),
      cpu_usage_percent = greatest(e.cpu_usage_percent, event.cpu_usage_percent)
    where e.id = (select id from operations.system_events
      where fingerprint = event.fingerprint and timestamp > clock_timestamp() - interval '1 hour' and not resolved order by id desc limit 1)
    returning e.id, e.occurrences into recorded;
    exit when recorded.id is not null
      or (select count(*) from operations.system_events where timestamp > clock_timestamp() - interval '1 hour') < most_new_events;
    event := jsonb_populate_record(null::operations.system_events, jsonb_build_object('event_type', 'limit', 'event_category', 'operations',
      'severity', 'critical', 'message', 'There are too many different system events. For an hour, further ones are only counted here.',
      'environment', event.environment, 'fingerprint', 'too many events'));
  end loop;
  if recorded.id is null then
    insert into operations.system_events (timestamp, event_type, event_category, message, severity, component, environment, version, error_code,
      stack_trace, additional_data, duration_ms, memory_usage_mb, cpu_usage_percent, fingerprint, occurrences, last_seen_at)
    values (clock_timestamp(), event.event_type, event.event_category, event.message, event.severity, event.component, event.environment,
      event.version, event.error_code, event.stack_trace, event.additional_data, event.duration_ms, event.memory_usage_mb,
      event.cpu_usage_percent, event.fingerprint, times, clock_timestamp())
    returning id, occurrences into recorded;
  end if;
  return jsonb_build_object('id', recorded.id, 'occurrences', recorded.occurrences);
end
$$;
--> statement-breakpoint
update operations.system_events set duration_ms = nullif(duration_ms, 2147483647), memory_usage_mb = nullif(memory_usage_mb, 2147483647),
  cpu_usage_percent = nullif(cpu_usage_percent, 999.99)
where 2147483647 in (duration_ms, memory_usage_mb) or cpu_usage_percent = 999.99;
