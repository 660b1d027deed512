-- What every domain stands on: the schemas, who may enter them, UUIDv7, the transaction's user, and the functions
-- that put a table under row-level security, stamps and audit in one call.

alter default privileges revoke execute on functions from public;
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
grant usage on schema identity, planning, wealth, cashflow, market, trading, operations to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant usage on schema identity, operations to nestegg_functions;
--> statement-breakpoint
-- RFC 9562 version 7: 48 bits of milliseconds, then the sub-millisecond fraction in 12 bits (method 3), then 62 random bits.
create function operations.uuid_v7() returns uuid
language sql volatile parallel safe set search_path = pg_catalog as $$
  with instant as (select extract(epoch from clock_timestamp()) * 1000 as milliseconds)
  select (lpad(to_hex(floor(milliseconds)::bigint), 12, '0')
    || '7' || lpad(to_hex(floor((milliseconds - floor(milliseconds)) * 4096)::integer), 3, '0')
    || substring(encode(uuid_send(gen_random_uuid()), 'hex') from 17))::uuid
  from instant
$$;
--> statement-breakpoint
-- The user that this transaction acts for, or null. Set by operations.begin_request, gone at the transaction's end.
create function operations.current_user_id() returns uuid
language sql stable parallel safe set search_path = pg_catalog as $$
  select nullif(current_setting('nestegg.user_id', true), '')::uuid
$$;
--> statement-breakpoint
grant execute on function operations.uuid_v7(), operations.current_user_id() to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
create function operations.stamp_row() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.created_by := operations.current_user_id();
  else
    new.created_at := old.created_at;
    new.created_by := old.created_by;
  end if;
  new.updated_at := now();
  new.updated_by := operations.current_user_id();
  return new;
end
$$;
--> statement-breakpoint
-- Writes the audit row in the transaction of the change itself, so neither exists without the other.
-- Trigger arguments: columns whose values are too large to repeat (their change is still named).
create function operations.audit_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  request jsonb := coalesce(nullif(current_setting('nestegg.request', true), '')::jsonb, '{}');
  before_values jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after_values jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  present jsonb := coalesce(after_values, before_values);
  changed text[];
begin
  if tg_op = 'UPDATE' then
    select array_agg(key order by key) into changed
    from jsonb_object_keys(after_values) as key
    where key not in ('updated_at', 'updated_by') and before_values -> key is distinct from after_values -> key;
    if changed is null then
      return null;
    end if;
  end if;
  insert into operations.audit_logs (user_id, session_id, action, resource_type, resource_id, ip_address, user_agent, request_id,
    route, old_values, new_values, changed_fields)
  values (
    coalesce(operations.current_user_id(), (present ->> 'user_id')::uuid, case when tg_table_name = 'users' then (present ->> 'id')::uuid end),
    request ->> 'sessionId',
    case tg_op when 'INSERT' then 'CREATE' else tg_op end,
    tg_table_schema || '.' || tg_table_name,
    coalesce(present ->> 'id', present ->> 'user_id')::uuid,
    request ->> 'ipAddress', request ->> 'userAgent', request ->> 'requestId', request ->> 'route',
    before_values - coalesce(tg_argv, '{}'), after_values - coalesce(tg_argv, '{}'), to_jsonb(changed));
  return null;
end
$$;
--> statement-breakpoint
-- Puts a user-owned table under forced row-level security keyed on the transaction's user, with stamps, audit and grants.
--   owner_column      the column that holds the owner's id
--   shared_reference  rows without an owner are published data: everyone reads them, only nestegg_owner writes them
--   unaudited_columns columns left out of audit rows because of their size
create function operations.protect_table(target regclass, owner_column text default 'user_id', shared_reference boolean default false,
  audited boolean default true, stamped boolean default true, unaudited_columns text[] default '{}') returns void
language plpgsql set search_path = pg_catalog as $$
declare
  own text := format('%I = (select operations.current_user_id())', owner_column);
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_rows on %s to nestegg_write using (%s) with check (%s)', target, own, own);
  execute format('create policy own_rows_readable on %s for select to nestegg_read using (%s)', target, own);
  if shared_reference then
    execute format('create policy published_rows_readable on %s for select to nestegg_write, nestegg_read, nestegg_operator using (%I is null)', target, owner_column);
    execute format('create policy published_rows_maintained on %s to nestegg_owner using (%I is null) with check (%I is null)', target, owner_column, owner_column);
  end if;
  execute format('grant select, insert, update, delete on %s to nestegg_write', target);
  execute format('grant select on %s to nestegg_read', target);
  if shared_reference then
    execute format('grant select on %s to nestegg_operator', target);
  end if;
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
-- The way back of protect_table, for rollbacks.
create function operations.unprotect_table(target regclass) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  policy_name text;
begin
  execute format('drop trigger if exists stamp_row on %s', target);
  execute format('drop trigger if exists audit_change on %s', target);
  for policy_name in select polname from pg_policy where polrelid = target loop
    execute format('drop policy %I on %s', policy_name, target);
  end loop;
  execute format('alter table %s no force row level security', target);
  execute format('alter table %s disable row level security', target);
  execute format('revoke all on %s from nestegg_write, nestegg_read, nestegg_operator, nestegg_functions', target);
end
$$;
