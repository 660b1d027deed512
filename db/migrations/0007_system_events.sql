CREATE TABLE "operations"."system_events" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"timestamp" timestamp with time zone DEFAULT now() NOT NULL,
	"event_type" text NOT NULL,
	"event_category" text NOT NULL,
	"message" text NOT NULL,
	"severity" text DEFAULT 'info' NOT NULL,
	"component" text,
	"environment" text,
	"version" text,
	"error_code" text,
	"stack_trace" text,
	"additional_data" jsonb,
	"duration_ms" integer,
	"memory_usage_mb" integer,
	"cpu_usage_percent" numeric(5, 2),
	"resolved" boolean DEFAULT false NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" uuid,
	"resolution_notes" text,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" uuid,
	"fingerprint" text NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "system_events_type_known" CHECK ("operations"."system_events"."event_type" in ('startup', 'shutdown', 'error', 'performance', 'job', 'limit', 'verification', 'backup', 'retention', 'maintenance')),
	CONSTRAINT "system_events_category_known" CHECK ("operations"."system_events"."event_category" in ('system', 'database', 'api', 'simulation', 'operations')),
	CONSTRAINT "system_events_severity_known" CHECK ("operations"."system_events"."severity" in ('debug', 'info', 'warning', 'error', 'critical')),
	CONSTRAINT "system_events_status_known" CHECK ("operations"."system_events"."status" in ('open', 'acknowledged', 'resolved')),
	CONSTRAINT "system_events_resolved_as_a_whole" CHECK ("operations"."system_events"."resolved" = ("operations"."system_events"."status" = 'resolved') and "operations"."system_events"."resolved" = ("operations"."system_events"."resolved_at" is not null))
);
--> statement-breakpoint
CREATE INDEX "system_events_timestamp" ON "operations"."system_events" USING btree ("timestamp");--> statement-breakpoint
CREATE INDEX "system_events_type" ON "operations"."system_events" USING btree ("event_type","severity");--> statement-breakpoint
CREATE INDEX "system_events_fingerprint" ON "operations"."system_events" USING btree ("fingerprint","timestamp");
--> statement-breakpoint
select operations.guard_table('operations.system_events', audited => false, stamped => false);
--> statement-breakpoint
-- record_system_event writes as nestegg_owner.
create policy recorded_by_function on operations.system_events to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy all_rows_readable on operations.system_events for select to nestegg_operator using (true);
--> statement-breakpoint
create policy worked_on on operations.system_events for update to nestegg_operator using (true) with check (true);
--> statement-breakpoint
grant select, update (status, acknowledged_at, acknowledged_by, resolved, resolved_at, resolved_by, resolution_notes)
  on operations.system_events to nestegg_operator;
--> statement-breakpoint
-- Records an event, or counts it if the same one happened within the last hour and is not resolved. Two events are the same if they agree in
-- environment, type, category, severity, component, error code and message, so a message has no numbers that vary. Every role of server code
-- may call it, also in a transaction of its own without an identity, which is the only way in which the roles of reading requests write.
-- A fault that produces ever new events cannot fill the disk: texts are cut, and after 1,000 new events in an hour the rest is only counted.
--   document: { eventType, eventCategory, message, severity?, component?, environment?, version?, errorCode?, stackTrace?, additionalData?,
--     durationMs?, memoryUsageMb?, cpuUsagePercent?, occurrences? }
--   answer: { id, occurrences }
create function operations.record_system_event(document jsonb) returns jsonb
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
  event.duration_ms := least((document ->> 'durationMs')::numeric, 2147483647)::integer;
  event.memory_usage_mb := least((document ->> 'memoryUsageMb')::numeric, 2147483647)::integer;
  event.cpu_usage_percent := least((document ->> 'cpuUsagePercent')::numeric, 999.99);
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
grant usage on schema operations to nestegg_identity, nestegg_invitations, nestegg_runs;
--> statement-breakpoint
grant execute on function operations.record_system_event(jsonb)
  to nestegg_write, nestegg_read, nestegg_public, nestegg_operator, nestegg_identity, nestegg_invitations, nestegg_runs, nestegg_audit;
