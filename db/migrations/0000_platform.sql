-- The foundation of every domain: the schemas and their grants, UUIDv7, the transaction's user and household, and the functions
-- that give a table row-level security, stamps and audit in one call.

alter default privileges revoke execute on functions from public;
--> statement-breakpoint
-- Backups read every table, also those of later migrations.
alter default privileges grant select on tables to nestegg_backup;
--> statement-breakpoint
alter default privileges grant select on sequences to nestegg_backup;
--> statement-breakpoint
create schema identity;
--> statement-breakpoint
create schema planning;
--> statement-breakpoint
create schema wealth;
--> statement-breakpoint
create schema cashflow;
--> statement-breakpoint
create schema market;
--> statement-breakpoint
create schema trading;
--> statement-breakpoint
create schema operations;
--> statement-breakpoint
grant usage on schema identity, planning, wealth, cashflow, market, trading, operations to nestegg_write, nestegg_read, nestegg_operator, nestegg_backup;
--> statement-breakpoint
-- The names of functions only: these roles access no table.
grant usage on schema identity to nestegg_identity, nestegg_invitations;
--> statement-breakpoint
grant usage on schema planning to nestegg_runs;
--> statement-breakpoint
grant usage on schema operations to nestegg_public, nestegg_audit;
--> statement-breakpoint
-- The table of applied migrations, which Drizzle has made before this.
grant usage on schema drizzle to nestegg_operator;
--> statement-breakpoint
grant select on drizzle.__drizzle_migrations to nestegg_operator;
--> statement-breakpoint
-- RFC 9562 version 7: 48 bits of milliseconds, then the sub-millisecond fraction in 12 bits (method 3), then 62 random bits. Both together
-- are the time in units of 1/4096 ms, as 15 hexadecimal digits. Like those below, the function becomes a part of the expression that
-- calls it, which makes a row's id four times as fast.
create function operations.uuid_v7() returns uuid
language sql volatile parallel safe
return (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
  || substring(encode(uuid_send(gen_random_uuid()), 'hex') from 17))::uuid;
--> statement-breakpoint
-- An instant as RFC 3339 text in UTC, in the form in which columns are read: without zeros at the end of the seconds.
create function operations.instant_text(moment timestamptz) returns text
language sql stable parallel safe set search_path = pg_catalog as $$
  select (to_jsonb(moment at time zone 'UTC') #>> '{}') || 'Z'
$$;
--> statement-breakpoint
-- The key that signs the identity of a transaction. Only functions of nestegg_owner read it. It never leaves the database.
create table operations.identity_key (key bytea not null);
--> statement-breakpoint
revoke all on operations.identity_key from nestegg_backup;
--> statement-breakpoint
insert into operations.identity_key select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
--> statement-breakpoint
-- The identity of a transaction: for whom it acts, and the request of its audit rows. Two settings of the transaction hold it. They are
-- signed, because every role can change a setting: a changed one is no identity. The functions with a RETURN clause become a part of the
-- expression that calls them, which saves a call in each statement; their names were resolved when they were made.

-- The signature is valid in this transaction of this connection only.
create function operations.identity_signature(key bytea, kind text, id text, request text) returns text
language sql stable parallel restricted
return encode(sha256(key || sha256(key || convert_to(concat_ws(':', kind, id, pg_backend_pid(), extract(epoch from now()), request), 'UTF8'))), 'hex');
--> statement-breakpoint
-- Sets the identity. Only the functions that begin a transaction call it.
--   kind  'user', 'household' (a job acts for it) or 'nobody'
create function operations.set_identity(key bytea, kind text, id uuid, request text) returns text
language sql volatile
return set_config('nestegg.request', request, true) || set_config('nestegg.identity',
  concat_ws(':', kind, coalesce(id::text, ''), operations.identity_signature(key, kind, coalesce(id::text, ''), request)), true);
--> statement-breakpoint
-- Marks a transaction that has an identity: that of a reading role becomes read-only, any other gets its transaction id, which it needs anyway
-- when it writes. No statement that follows can undo the mark. Only a savepoint from before it could, and no code sets one there.
create function operations.mark_begun() returns text
language sql volatile
return case when session_user in ('nestegg_read', 'nestegg_public') then set_config('transaction_read_only', 'on', true) else pg_current_xact_id()::text end;
--> statement-breakpoint
create function operations.is_begun() returns boolean
language sql stable
return pg_current_xact_id_if_assigned() is not null or current_setting('transaction_read_only') = 'on';
--> statement-breakpoint
create function operations.refuse_second_identity() returns void
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'The identity of a transaction is set once, by its first statement.' using errcode = 'invalid_transaction_state';
end
$$;
--> statement-breakpoint
-- Begins a transaction with an identity.
create function operations.begin_as(kind text, id uuid, request jsonb) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  signing_key constant bytea := (select key from operations.identity_key);
begin
  if operations.is_begun() then
    perform operations.refuse_second_identity();
  end if;
  perform operations.set_identity(signing_key, kind, id, coalesce(request::text, '')), operations.mark_begun();
end
$$;
--> statement-breakpoint
-- The id for which the transaction acts, if it is of that kind; null if it is not, or if there is no identity.
create function operations.signed_id(key bytea, wanted_kind text) returns uuid
language sql stable parallel restricted
return case
  when split_part(current_setting('nestegg.identity', true), ':', 1) = wanted_kind
    and split_part(current_setting('nestegg.identity', true), ':', 3) = operations.identity_signature(key, wanted_kind,
      split_part(current_setting('nestegg.identity', true), ':', 2), current_setting('nestegg.request', true))
  then split_part(current_setting('nestegg.identity', true), ':', 2)::uuid
end;
--> statement-breakpoint
-- The request of the transaction; null if it has no identity.
create function operations.signed_request(key bytea) returns jsonb
language sql stable parallel restricted
return case
  when split_part(current_setting('nestegg.identity', true), ':', 3) = operations.identity_signature(key,
    split_part(current_setting('nestegg.identity', true), ':', 1), split_part(current_setting('nestegg.identity', true), ':', 2),
    current_setting('nestegg.request', true))
  then nullif(current_setting('nestegg.request', true), '')::jsonb
end;
--> statement-breakpoint
-- The user for whom this transaction acts, or null. operations.begin_request sets it.
create function operations.current_user_id() returns uuid
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  signing_key bytea;
begin
  select key into signing_key from operations.identity_key;
  return operations.signed_id(signing_key, 'user');
end
$$;
--> statement-breakpoint
-- The household for which a job's transaction acts, or null. operations.begin_household_work sets it.
create function operations.acting_household_id() returns uuid
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  signing_key bytea;
begin
  select key into signing_key from operations.identity_key;
  return operations.signed_id(signing_key, 'household');
end
$$;
--> statement-breakpoint
-- Whether the transaction checks the data of the whole platform, or repairs what a check has found. operations.begin_checks sets it.
create function operations.is_checking() returns boolean
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  signing_key bytea;
begin
  select key into signing_key from operations.identity_key;
  return operations.signed_id(signing_key, 'checks') is not null;
end
$$;
--> statement-breakpoint
-- Begins a transaction that reads the rows of all owners. Only nestegg_owner may call it, and only nestegg_owner has the policies.
create function operations.begin_checks(request jsonb) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  perform operations.begin_as('checks', gen_random_uuid(), request);
end
$$;
--> statement-breakpoint
grant execute on function operations.uuid_v7(), operations.current_user_id() to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant execute on function operations.acting_household_id() to nestegg_operator;
--> statement-breakpoint
create function operations.stamp_row() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  person constant uuid := operations.current_user_id();
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.created_by := person;
  else
    new.created_at := old.created_at;
    new.created_by := old.created_by;
  end if;
  new.updated_at := now();
  new.updated_by := person;
  return new;
end
$$;
--> statement-breakpoint
-- Writes the audit row in the transaction of the change itself, so that neither exists without the other. Its user is the user who made
-- the change. If the transaction has no user and the row belongs to a person, the audit row gets that person as its user.
-- It completes the audit row by itself, because operations.complete_audit_row would cost each change more.
-- Trigger arguments: columns with values that are too large or too secret to copy. The audit row still names them as changed.
create function operations.audit_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  signing_key constant bytea := (select key from operations.identity_key);
  request constant jsonb := operations.signed_request(signing_key);
  before_values jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after_values jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  present jsonb := coalesce(after_values, before_values);
  household uuid := case when tg_relid = 'identity.households'::regclass then present ->> 'id' else present ->> 'household_id' end;
  person uuid := case when household is null then case when tg_relid = 'identity.users'::regclass then present ->> 'id' else present ->> 'user_id' end end;
  changed text[];
  row_id uuid;
  salt bytea;
begin
  if tg_op = 'UPDATE' then
    select array_agg(key order by key) into changed
    from jsonb_object_keys(after_values) as key
    where key not in ('updated_at', 'updated_by') and before_values -> key is distinct from after_values -> key;
    if changed is null then
      return null;
    end if;
  end if;
  row_id := operations.uuid_v7();
  salt := uuid_send(gen_random_uuid());
  before_values := before_values - coalesce(tg_argv, '{}');
  after_values := after_values - coalesce(tg_argv, '{}');
  insert into operations.audit_logs (id, user_id, household_id, session_id, action, resource_type, resource_id, ip_address, user_agent,
    request_id, route, old_values, new_values, changed_fields, values_salt, values_digest)
  values (row_id,
    coalesce(operations.signed_id(signing_key, 'user'), person), household, request ->> 'sessionId',
    case tg_op when 'INSERT' then 'CREATE' else tg_op end,
    tg_table_schema || '.' || tg_table_name,
    coalesce(present ->> 'id', present ->> 'user_id')::uuid,
    request ->> 'ipAddress', request ->> 'userAgent', request ->> 'requestId', request ->> 'route',
    before_values, after_values, to_jsonb(changed), salt, operations.audit_values_digest(salt, request ->> 'sessionId', request ->> 'ipAddress',
      request ->> 'userAgent', before_values, after_values, null));
  insert into operations.unsealed_audit_rows values (row_id, now());
  return null;
end
$$;
--> statement-breakpoint
create function operations.refuse_other_household() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'A row cannot move to another household.' using errcode = 'check_violation', constraint = tg_table_name || '_household_kept';
end
$$;
--> statement-breakpoint
-- Checks a reference to a table that also has published rows, without a household: the other row must be published or belong to the same
-- household. Otherwise some members could not read it. All other references contain the household in their foreign key. The check runs with the rights of the caller, who must be able to read the other row too.
-- Trigger arguments: the column with the reference, and the table to which it refers.
create function operations.refer_within_household() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  referred uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
  is_within boolean := true;
begin
  if referred is not null then
    execute format('select exists (select from %s where id = $1 and (household_id is null or household_id = $2))', tg_argv[1]::regclass)
      into is_within using referred, new.household_id;
  end if;
  if not is_within then
    raise exception '% refers to what is missing or belongs to another household.', tg_argv[0]
      using errcode = 'foreign_key_violation', constraint = tg_table_name || '_' || tg_argv[0] || '_household';
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Gives a table forced row-level security, stamps and audit. Checks of the data read all of its rows. The caller writes its other policies
-- and its grants.
create function operations.guard_table(target regclass, audited boolean default true, stamped boolean default true, unaudited_columns text[] default '{}') returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy read_by_backups on %s for select to nestegg_backup using (true)', target);
  execute format('create policy rows_checked on %s for select to nestegg_owner using ((select operations.is_checking()))', target);
  if stamped then
    execute format('create trigger stamp_row before insert or update on %s for each row execute function operations.stamp_row()', target);
  end if;
  if audited then
    execute format('create trigger audit_change after insert or update or delete on %s for each row execute function operations.audit_change(%s)', target,
      (select coalesce(string_agg(quote_literal(column_name), ', '), '') from unnest(unaudited_columns) as column_name));
  end if;
end
$$;
--> statement-breakpoint
-- Gives a table row-level security with policies, and the right to read it. Each row belongs to a household or to a person. The caller
-- grants the changes that routes and jobs make: rows that can be inserted or deleted, and each column that can be updated.
--   kind              'household': members read the rows of their household, owners and editors also write them, and a job reads and
--                     writes the rows of the household for which it acts. 'person': users read and write their own rows.
--                     The functions of the Data API act as the user, under the same policies (nestegg_owner).
--   owner_column      the column that holds the owner's id; by default household_id or user_id
--   shared_reference  rows without an owner are published data: all users can read them, only nestegg_owner can write them
--   unaudited_columns columns left out of audit rows
create function operations.protect_table(target regclass, kind text, owner_column text default null, shared_reference boolean default false,
  audited boolean default true, stamped boolean default true, unaudited_columns text[] default '{}') returns void
language plpgsql set search_path = pg_catalog as $$
declare
  owner text := quote_ident(coalesce(owner_column, case kind when 'household' then 'household_id' when 'person' then 'user_id' end));
  own text := format('%s = (select operations.current_user_id())', owner);
  -- The subselects depend on no row, so PostgreSQL looks up the membership once per statement.
  readable text := format('%s = any ((select operations.readable_household_ids())::uuid[])', owner);
  editable text := format('%s = any ((select operations.editable_household_ids())::uuid[])', owner);
  acted_for text := format('%s = (select operations.acting_household_id())', owner);
begin
  perform operations.guard_table(target, audited, stamped, unaudited_columns);
  -- For the declared repairs of rows that a check has found.
  execute format('create policy rows_repaired on %s to nestegg_owner using ((select operations.is_checking())) with check ((select operations.is_checking()))', target);
  execute format('grant select on %s to nestegg_write, nestegg_read', target);
  case kind
    when 'person' then
      execute format('create policy own_rows on %s to nestegg_write, nestegg_owner using (%s) with check (%s)', target, own, own);
      execute format('create policy own_rows_readable on %s for select to nestegg_read using (%s)', target, own);
    when 'household' then
      execute format('create policy members_read on %s for select to nestegg_write, nestegg_read, nestegg_owner using (%s)', target, readable);
      execute format('create policy editors_insert on %s for insert to nestegg_write, nestegg_owner with check (%s)', target, editable);
      execute format('create policy editors_update on %s for update to nestegg_write, nestegg_owner using (%s) with check (%s)', target, editable, editable);
      execute format('create policy editors_delete on %s for delete to nestegg_write, nestegg_owner using (%s)', target, editable);
      execute format('create policy jobs_act on %s to nestegg_operator using (%s) with check (%s)', target, acted_for, acted_for);
      execute format('grant select on %s to nestegg_operator', target);
      execute format('create trigger refuse_other_household before update of %s on %s for each row when (old.%s is distinct from new.%s)
        execute function operations.refuse_other_household()', owner, target, owner, owner);
  end case;
  if shared_reference then
    execute format('create policy published_rows_readable on %s for select to nestegg_write, nestegg_read, nestegg_operator using (%s is null)', target, owner);
    execute format('create policy published_rows_maintained on %s to nestegg_owner using (%s is null) with check (%s is null)', target, owner, owner);
  end if;
end
$$;
