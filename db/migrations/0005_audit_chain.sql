-- The chain of the audit trail. Each seal covers a batch of rows of one month that were committed when it was made.
create table operations.audit_seals (
  number bigint primary key,
  previous_hash bytea not null,
  sealed_at timestamptz not null,
  -- The first day of the month of its rows, in UTC.
  month date not null,
  row_count integer not null check (row_count > 0),
  -- The rows of this seal and all before it.
  total_rows bigint not null,
  first_row uuid not null,
  last_row uuid not null,
  root bytea not null,
  hash bytea not null,
  -- 16 bytes for each row, in ascending order, and 32 bytes for its hash: zeros for a row that was removed before it was sealed.
  row_ids bytea not null,
  row_hashes bytea not null
);
--> statement-breakpoint
-- Hashes cannot be compressed.
alter table operations.audit_seals alter column row_ids set storage external, alter column row_hashes set storage external;
--> statement-breakpoint
create index audit_seals_month on operations.audit_seals (month, number);
--> statement-breakpoint
-- The anchors that were put into the anchor store, outside of this database.
create table operations.audit_anchors (
  key text primary key,
  seal_number bigint not null,
  seal_hash bytea not null,
  -- Of the stored object.
  sha256 bytea not null,
  -- SHA-256 of the public key, in DER.
  key_fingerprint text not null,
  anchored_at timestamptz not null default now()
);
--> statement-breakpoint
select operations.make_append_only('operations.audit_seals', '{}'), operations.make_append_only('operations.audit_anchors', '{}');
--> statement-breakpoint
grant select on operations.audit_seals, operations.audit_anchors to nestegg_operator;
--> statement-breakpoint
-- The hash of a row: of its values only the digest. db/queries/operations/audit-rows.ts repeats it, so that a verification does not depend on
-- a function that could have been replaced.
create function operations.audit_row_hash(entry operations.audit_logs) returns bytea
language sql stable parallel safe
return sha256(convert_to(json_build_array(entry.id, (extract(epoch from entry.timestamp) * 1000000)::bigint, entry.user_id, entry.household_id,
  entry.action, entry.resource_type, entry.resource_id, entry.route, entry.request_id, entry.changed_fields, entry.severity,
  entry.compliance_category, (extract(epoch from entry.retention_until) * 1000000)::bigint, entry.execution_time_ms,
  encode(entry.values_digest, 'hex'))::text, 'UTF8'));
--> statement-breakpoint
create function operations.audit_seal_hash(seal operations.audit_seals) returns bytea
language sql stable parallel safe
return sha256(convert_to(concat_ws(chr(10), 'nestegg audit seal 1', seal.number, encode(seal.previous_hash, 'hex'),
  (extract(epoch from seal.sealed_at) * 1000000)::bigint, to_char(seal.month, 'YYYY-MM-DD'), seal.row_count, seal.total_rows, seal.first_row,
  seal.last_row, encode(seal.root, 'hex')), 'UTF8'));
--> statement-breakpoint
create function operations.audit_month(moment timestamptz) returns date
language sql immutable parallel safe
return date_trunc('month', moment at time zone 'UTC')::date;
--> statement-breakpoint
-- The newest seal and the newest anchor.
create function operations.audit_head() returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object(
    'seal', (select jsonb_build_object('number', number, 'hash', encode(hash, 'hex'), 'totalRows', total_rows)
      from operations.audit_seals order by number desc limit 1),
    'anchor', (select jsonb_build_object('key', key, 'sealNumber', seal_number, 'sha256', encode(sha256, 'hex'))
      from operations.audit_anchors order by key desc limit 1))
$$;
--> statement-breakpoint
-- Seals committed rows, up to a number: one seal for each month that they belong to. Of two at the same time, the second does nothing.
--   document: { maxRows? }: 10000 at most
--   answer: { sealed: rows, isBusy, hasMore, seal: { number, hash, totalRows } | null, anchor: { key, sealNumber, sha256 } | null }
create function operations.seal_audit_rows(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  most constant integer := least(coalesce((document ->> 'maxRows')::integer, 10000), 10000);
  newest operations.audit_seals;
  batch record;
  next_seal operations.audit_seals;
  sealed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('operations.seal_audit_rows')) then
    return jsonb_build_object('sealed', 0, 'isBusy', true, 'hasMore', false) || operations.audit_head();
  end if;
  perform operations.open_audit_path('sealing');
  select * into newest from operations.audit_seals order by number desc limit 1;
  for batch in
    with taken as (
      delete from operations.unsealed_audit_rows where ctid = any (array(select ctid from operations.unsealed_audit_rows limit most)) returning *
    ), hashed as (
      select t.id, operations.audit_month(t.timestamp) as month,
        coalesce(operations.audit_row_hash(entry), decode(repeat('00', 32), 'hex')) as hash
      from taken t left join lateral (select * from operations.audit_logs a where a.id = t.id and a.timestamp = t.timestamp) entry on true
    )
    select month, count(*)::integer as row_count, string_agg(uuid_send(id), '' order by id) as row_ids, string_agg(hash, '' order by id) as row_hashes
    from hashed group by month order by month
  loop
    next_seal.number := coalesce(newest.number, 0) + 1;
    next_seal.previous_hash := coalesce(newest.hash, decode(repeat('00', 32), 'hex'));
    next_seal.sealed_at := clock_timestamp();
    next_seal.month := batch.month;
    next_seal.row_count := batch.row_count;
    next_seal.total_rows := coalesce(newest.total_rows, 0) + batch.row_count;
    next_seal.row_ids := batch.row_ids;
    next_seal.row_hashes := batch.row_hashes;
    next_seal.first_row := encode(substring(batch.row_ids from 1 for 16), 'hex')::uuid;
    next_seal.last_row := encode(substring(batch.row_ids from 16 * batch.row_count - 15), 'hex')::uuid;
    next_seal.root := sha256(batch.row_ids || batch.row_hashes);
    next_seal.hash := operations.audit_seal_hash(next_seal);
    insert into operations.audit_seals select next_seal.*;
    newest := next_seal;
    sealed := sealed + batch.row_count;
  end loop;
  perform operations.close_audit_path();
  return jsonb_build_object('sealed', sealed, 'isBusy', false, 'hasMore', most > 0 and sealed = most) || operations.audit_head();
end
$$;
--> statement-breakpoint
-- Records an anchor that was put into the anchor store. Safe to repeat.
--   document: { key, sealNumber, sealHash, sha256, keyFingerprint }
create function operations.record_audit_anchor(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from operations.audit_seals
    where number = (document ->> 'sealNumber')::bigint and hash = decode(document ->> 'sealHash', 'hex')) then
    raise exception 'The anchor % names a seal that this chain does not have.', document ->> 'key' using errcode = 'check_violation';
  end if;
  insert into operations.audit_anchors (key, seal_number, seal_hash, sha256, key_fingerprint)
  values (document ->> 'key', (document ->> 'sealNumber')::bigint, decode(document ->> 'sealHash', 'hex'), decode(document ->> 'sha256', 'hex'),
    document ->> 'keyFingerprint')
  on conflict (key) do nothing;
  return jsonb_build_object('recorded', found);
end
$$;
--> statement-breakpoint
-- Adds an audit row for what no trigger sees, with the user and the request of the transaction.
create function operations.add_audit_row(id uuid, action text, resource_type text, resource_id uuid, metadata jsonb, compliance_category text)
returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
  signing_key constant bytea := (select key from operations.identity_key);
  request constant jsonb := operations.signed_request(signing_key);
begin
  insert into operations.audit_logs (id, user_id, session_id, action, resource_type, resource_id, ip_address, user_agent, request_id, route, metadata,
    compliance_category)
  values (add_audit_row.id, operations.signed_id(signing_key, 'user'), request ->> 'sessionId', add_audit_row.action, add_audit_row.resource_type,
    add_audit_row.resource_id, request ->> 'ipAddress', request ->> 'userAgent', request ->> 'requestId', request ->> 'route', add_audit_row.metadata,
    add_audit_row.compliance_category);
end
$$;
--> statement-breakpoint
-- Records, in the transaction of the read, that an administrator or an operator has read rows of other persons.
create function operations.record_privileged_read(resource_type text, resource_id uuid, metadata jsonb) returns void
language sql volatile set search_path = pg_catalog security definer as $$
  select operations.add_audit_row(operations.uuid_v7(), 'READ', resource_type, resource_id, metadata, null)
$$;
--> statement-breakpoint
-- Erases the values of the audit rows of a user and about that user, or of a household: up to `maxRows`, to be called again until it is done.
-- An audit row records which rows. Call it last: what the transaction changes afterwards is recorded with its values.
--   document: { userId, email? } or { householdId }, maxRows?: 5000 at most; with an email address also the invitations to it
--   answer: { erased: rows, isDone }
create function operations.erase_audit_values(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person constant uuid := (document ->> 'userId')::uuid;
  household constant uuid := (document ->> 'householdId')::uuid;
  most constant integer := least(coalesce((document ->> 'maxRows')::integer, 5000), 5000);
  record_id constant uuid := operations.uuid_v7();
  -- The records of the chain itself hold ids only. Without them it could not be verified.
  kept constant text[] := array['operations.audit_erasures', 'operations.audit_months'];
  -- The tables with one row for a person: its id is in resource_id.
  of_persons constant text[] := array(select 'identity.users' union all select attrelid::regclass::text from pg_attribute
    where attname = 'user_id' and attnum > 0 and attrelid in (select oid from pg_class where relkind in ('r', 'p') and not relispartition));
  erased bytea;
begin
  if (person is null) = (household is null) then
    raise exception 'Give either userId or householdId.' using errcode = 'invalid_parameter_value';
  end if;
  perform operations.open_audit_path('erasure');
  with chosen as (
    select id, timestamp from operations.audit_logs
    where values_salt is not null and resource_type <> all (kept) and (
      household_id = household or user_id = person or (resource_type = any (of_persons) and resource_id = person)
      or (resource_type = 'identity.household_invitations' and document ->> 'email' is not null
        and lower(coalesce(new_values, old_values) ->> 'email') = lower(document ->> 'email')))
    order by id limit most
  ), changed as (
    update operations.audit_logs a
    set session_id = null, ip_address = null, user_agent = null, old_values = null, new_values = null, metadata = null, values_salt = null,
      erased_by = record_id
    from chosen c where a.id = c.id and a.timestamp = c.timestamp
    returning a.id
  )
  select string_agg(uuid_send(id), '' order by id) into erased from changed;
  perform operations.close_audit_path();
  if erased is not null then
    perform operations.add_audit_row(record_id, 'DELETE', 'operations.audit_erasures', coalesce(person, household), jsonb_build_object(
      'scope', case when person is null then 'household' else 'user' end, 'count', octet_length(erased) / 16,
      'rows', translate(encode(erased, 'base64'), E'\n', '')), 'privacy');
  end if;
  return jsonb_build_object('erased', coalesce(octet_length(erased) / 16, 0), 'isDone', coalesce(octet_length(erased) / 16, 0) < most);
end
$$;
--> statement-breakpoint
-- Removes the rows of the oldest month of the audit trail. Their seals stay. An audit row records all seals of which the rows were removed until
-- now, so the newest record is enough when those before it are removed too.
--   document: { month: 'YYYY-MM', keepMonths }: refused unless the month ended that many whole months ago
--   answer: { removed: rows }: 0 if the month has no partition
create function operations.drop_audit_month(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' set lock_timeout = '3s' as $$
declare
  first_day constant date := to_date(document ->> 'month', 'YYYY-MM');
  keep_months constant integer := greatest((document ->> 'keepMonths')::integer, 1);
  partition constant text := 'audit_logs_' || to_char(first_day, 'YYYY_MM');
  present bigint;
  sealed record;
begin
  if first_day is null or keep_months is null then
    raise exception 'Give month and keepMonths.' using errcode = 'invalid_parameter_value';
  end if;
  if first_day + make_interval(months => 1 + keep_months) > date_trunc('month', now()) then
    raise exception 'The audit rows of % must be kept for % months.', document ->> 'month', keep_months using errcode = 'check_violation';
  end if;
  -- No sealing meanwhile, and no other removal.
  perform pg_advisory_xact_lock(hashtext('operations.seal_audit_rows'));
  if to_regclass('operations.' || partition) is null then
    return jsonb_build_object('removed', 0);
  end if;
  if exists (select from pg_inherits where inhparent = 'operations.audit_logs'::regclass and inhrelid::regclass::text ~ '_\d{4}_\d\d$'
    and inhrelid::regclass::text < 'operations.' || partition) then
    raise exception 'The audit rows of the months before % must be removed first.', document ->> 'month' using errcode = 'check_violation';
  end if;
  execute format('select count(*) from operations.%I', partition) into present;
  select coalesce(sum(row_count), 0) as row_count into sealed from operations.audit_seals where month = first_day;
  if present <> sealed.row_count or exists (
    select from operations.unsealed_audit_rows where timestamp >= first_day and timestamp < first_day + interval '1 month')
  then
    raise exception 'The month % has % audit rows and its seals have %: it cannot be removed.', document ->> 'month', present, sealed.row_count
      using errcode = 'check_violation', hint = 'Seal the audit trail. If they still differ, verify it.';
  end if;
  select count(*) as seals, sum(row_count) as row_count, encode(sha256(coalesce(string_agg(hash, '' order by number), '')), 'hex') as hash
    into sealed from operations.audit_seals where month <= first_day;
  execute format('drop table operations.%I', partition);
  perform operations.add_audit_row(operations.uuid_v7(), 'DELETE', 'operations.audit_months', null, jsonb_build_object('month', document ->> 'month',
    'rows', present, 'removedSeals', sealed.seals, 'removedRows', sealed.row_count, 'removedHash', sealed.hash), 'retention');
  return jsonb_build_object('removed', present);
end
$$;
--> statement-breakpoint
-- The runs of the job that seals. It runs outside of the VPC, and reaches the database by functions only.
--   document: { job, scheduledFor }; answer: { result | null }: the result of the run that succeeded for that time
create function operations.find_job_result(document jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('result', (select coalesce(result, '{}') from operations.job_runs
    where job = document ->> 'job' and scheduled_for = (document ->> 'scheduledFor')::timestamptz and status = 'succeeded'))
$$;
--> statement-breakpoint
-- Records the end of a run. It replaces a failed run for the same time, never one that succeeded.
--   document: { job, scheduledFor, status, startedAt, finishedAt, result?, error? }
create function operations.record_job_end(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into operations.job_runs as run (job, scheduled_for, status, started_at, finished_at, result, error)
  values (document ->> 'job', (document ->> 'scheduledFor')::timestamptz, document ->> 'status', (document ->> 'startedAt')::timestamptz,
    (document ->> 'finishedAt')::timestamptz, document -> 'result', document ->> 'error')
  on conflict (job, scheduled_for) do update set status = excluded.status, started_at = excluded.started_at, finished_at = excluded.finished_at,
    result = excluded.result, error = excluded.error
  where run.status <> 'succeeded';
  return jsonb_build_object('recorded', found);
end
$$;
--> statement-breakpoint
grant execute on function operations.seal_audit_rows(jsonb), operations.record_audit_anchor(jsonb) to nestegg_audit, nestegg_operator;
--> statement-breakpoint
grant execute on function operations.find_job_result(jsonb), operations.record_job_end(jsonb) to nestegg_audit;
--> statement-breakpoint
grant execute on function operations.record_privileged_read(text, uuid, jsonb) to nestegg_operator;
