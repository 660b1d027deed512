CREATE TABLE "operations"."erasures" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"requested_by" uuid,
	"status" text DEFAULT 'database-erased' NOT NULL,
	"deleted" jsonb NOT NULL,
	"anonymized" jsonb NOT NULL,
	"household_ids" uuid[] NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_pool_erased_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"error" text,
	CONSTRAINT "erasures_kind_known" CHECK ("operations"."erasures"."kind" in ('own', 'admin', 'operator')),
	CONSTRAINT "erasures_status_known" CHECK ("operations"."erasures"."status" in ('database-erased', 'user-pool-erased', 'completed'))
);
--> statement-breakpoint
ALTER TABLE "operations"."erasures" ADD CONSTRAINT "erasures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_user_key" ON "operations"."erasures" USING btree ("user_id");
--> statement-breakpoint
select operations.guard_table('operations.erasures', audited => false, stamped => false);
--> statement-breakpoint
create policy maintained_by_functions on operations.erasures to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy readable on operations.erasures for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on operations.erasures to nestegg_operator;
--> statement-breakpoint
-- What is erased with a person and with the households of which the person is the only member, each table before those that it refers to. It
-- says in SQL what the lifecycles say in code; a test compares both.
--   replacements: written instead of removing the row
create function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'planning.run_shards', null, 'household_id', null),
    (4, 'planning.plan_outputs', null, 'household_id', null),
    (5, 'planning.runs', null, 'household_id', null),
    (6, 'planning.plan_versions', null, 'household_id', null),
    (7, 'planning.plan_inputs', null, 'household_id', null),
    (8, 'planning.plans', null, 'household_id', null),
    (9, 'planning.portfolio_models', null, 'household_id', null),
    (10, 'planning.capital_market_assumptions', null, 'household_id', null),
    (11, 'identity.household_invitations', null, 'household_id', null),
    (12, 'identity.household_members', 'user_id', 'household_id', null),
    (13, 'identity.households', null, 'id', null),
    (14, 'identity.preferences', 'user_id', null, null),
    (15, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
-- While operations.erase_person has opened the path, it reaches the rows of everybody.
do $$
declare
  target text;
begin
  for target in select table_name from operations.erasure_steps() loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
--> statement-breakpoint
-- Until the user pool has removed an erased person, a sign-in could bring the address back.
create function identity.keep_erased() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from operations.erasures where user_id = new.id) then
    new := jsonb_populate_record(new, (select replacements from operations.erasure_steps() where table_name = 'identity.users'));
    new.is_verified := false;
    new.is_active := false;
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger keep_erased before update on identity.users for each row execute function identity.keep_erased();
--> statement-breakpoint
create function operations.sum_counts(counts jsonb, more jsonb) returns jsonb
language sql immutable set search_path = pg_catalog as $$
  select coalesce(jsonb_object_agg(key, total), '{}')
  from (select key, sum(value::bigint) as total from (select * from jsonb_each_text(counts) union all select * from jsonb_each_text(more)) both_counts
    group by key) summed
$$;
--> statement-breakpoint
create function operations.presented_erasure(erasure operations.erasures) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('id', erasure.id, 'userId', erasure.user_id, 'kind', erasure.kind, 'requestedBy', erasure.requested_by,
    'status', erasure.status, 'deleted', erasure.deleted, 'anonymized', erasure.anonymized, 'householdIds', to_jsonb(erasure.household_ids),
    'requestedAt', operations.instant_text(erasure.requested_at), 'userPoolErasedAt', operations.instant_text(erasure.user_pool_erased_at),
    'completedAt', operations.instant_text(erasure.completed_at), 'error', erasure.error)
$$;
--> statement-breakpoint
-- Erases a person in the whole database, in the transaction of the caller: all of it or nothing. Closes the account and ends its sessions. The
-- households of which the person is the only member go too; of others only the membership. Safe to repeat: what arrived meanwhile goes too. The
-- user pool comes afterwards. Call it last in a transaction: what changes afterwards is audited with its values.
--   document: { userId, kind: 'own' | 'admin' | 'operator', requestedBy? }
--   answer: { erasure | null, refusal: null | 'unknown' | 'held' | 'last-owner', ownedHouseholds: [{ id, name }], heldBy: [ids of legal holds] }.
--     With a refusal nothing is changed.
create function operations.erase_person(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person constant uuid := document ->> 'userId';
  account identity.users;
  earlier operations.erasures;
  stored operations.erasures;
  addresses text[];
  own_households uuid[];
  owned jsonb;
  holds jsonb;
  step record;
  affected bigint;
  deleted jsonb := '{}';
  anonymized jsonb := '{}';
  scope jsonb;
  erased jsonb;
begin
  -- Nobody places a hold until the end.
  lock table operations.legal_holds in share mode;
  -- The members of these households stay the same until the end. Always in the same order, so that two callers never wait for each other.
  perform from identity.households h
  where exists (select from identity.household_members m where m.household_id = h.id and m.user_id = person)
  order by h.id for no key update;
  select * into account from identity.users where id = person for no key update;
  if account.id is null then
    return '{"erasure": null, "refusal": "unknown", "ownedHouseholds": [], "heldBy": []}';
  end if;
  select jsonb_agg(l.id order by l.id) into holds from operations.legal_holds l
  where l.released_at is null and (l.user_id = person
    or l.household_id in (select household_id from identity.household_members where user_id = person)
    -- A hold on a person also covers the rows of the households of which that person is a member.
    or l.user_id in (select o.user_id from identity.household_members o join identity.household_members m using (household_id) where m.user_id = person));
  select jsonb_agg(jsonb_build_object('id', h.id, 'name', h.name) order by h.name, h.id) into owned
  from identity.households h join identity.household_members m on m.household_id = h.id and m.user_id = person and m.role = 'owner'
  where exists (select from identity.household_members o where o.household_id = h.id and o.user_id <> person)
    and not exists (select from identity.household_members o where o.household_id = h.id and o.user_id <> person and o.role = 'owner');
  if holds is not null or owned is not null then
    return jsonb_build_object('erasure', null, 'refusal', case when holds is not null then 'held' else 'last-owner' end,
      'ownedHouseholds', case when holds is null then owned else '[]' end, 'heldBy', coalesce(holds, '[]'));
  end if;
  select * into earlier from operations.erasures where user_id = person;
  select coalesce(array_agg(m.household_id), '{}') into own_households from identity.household_members m
  where m.user_id = person and not exists (select from identity.household_members o where o.household_id = m.household_id and o.user_id <> person);
  select coalesce(array_agg(distinct lower(address)), '{}') into addresses
  from (select account.email union all select email from identity.household_invitations where accepted_by = person) known(address)
  where address like '%@%';
  perform operations.open_audit_path('person');
  -- Invitations to the person from any household, and copies of the address in answers to those who sent them.
  delete from identity.household_invitations
  where (accepted_by = person or lower(email) = any (addresses)) and household_id <> all (operations.held_household_ids());
  get diagnostics affected = row_count;
  deleted := operations.sum_counts(deleted, jsonb_build_object('identity.household_invitations', affected));
  update identity.household_invitations set revoked_at = now(), version = version + 1
  where created_by = person and accepted_at is null and revoked_at is null and household_id <> all (own_households);
  update operations.idempotency_keys k
  set body = regexp_replace(k.body::text, regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g'), 'removed', 'gi')::jsonb
  from unnest(addresses) address where position(address in lower(k.body::text)) > 0 and k.user_id <> all (operations.held_user_ids());
  for step in select * from operations.erasure_steps() order by place loop
    if step.replacements is not null then
      execute format('update %s set %s where %I = $1 and num_nonnulls(%s) > 0', step.table_name,
        (select string_agg(format('%I = %L', key, value), ', ') from jsonb_each_text(step.replacements)), step.person_column,
        (select string_agg(format('%I', key), ', ') from jsonb_object_keys(step.replacements) as key)) using person;
      get diagnostics affected = row_count;
      anonymized := operations.sum_counts(anonymized, jsonb_build_object(step.table_name, affected));
    elsif step.table_name = 'identity.household_members' then
      -- A household keeps an owner until it goes itself, and takes its last member with it.
      delete from identity.household_members where user_id = person and household_id <> all (own_households);
      get diagnostics affected = row_count;
      deleted := operations.sum_counts(deleted, jsonb_build_object(step.table_name, affected + cardinality(own_households)));
    else
      execute format('delete from %s where %s', step.table_name, concat_ws(' or ', quote_ident(step.person_column) || ' = $1',
        quote_ident(step.household_column) || ' = any ($2)')) using person, own_households;
      get diagnostics affected = row_count;
      deleted := operations.sum_counts(deleted, jsonb_build_object(step.table_name, affected));
    end if;
  end loop;
  update identity.users set is_verified = false, mfa_enabled = false, is_active = false, role = 'member', failed_login_attempts = 0,
    tokens_valid_after = identity.end_of_second(tokens_valid_after), version = version + 1
  where id = person;
  perform operations.close_audit_path();
  own_households := coalesce(earlier.household_ids, '{}') || own_households;
  for scope in
    select jsonb_build_object('userId', person, 'email', address) from unnest(addresses || null::text) address
    union all select jsonb_build_object('householdId', household) from unnest(own_households) household
  loop
    loop
      erased := operations.erase_audit_values(scope);
      anonymized := operations.sum_counts(anonymized, jsonb_build_object('operations.audit_logs', erased -> 'erased'));
      exit when (erased ->> 'isDone')::boolean;
    end loop;
  end loop;
  insert into operations.erasures as e (user_id, kind, requested_by, deleted, anonymized, household_ids)
  values (person, document ->> 'kind', (document ->> 'requestedBy')::uuid, deleted, anonymized, own_households)
  on conflict (user_id) do update set deleted = operations.sum_counts(e.deleted, excluded.deleted),
    anonymized = operations.sum_counts(e.anonymized, excluded.anonymized), household_ids = excluded.household_ids
  returning * into stored;
  return jsonb_build_object('erasure', operations.presented_erasure(stored), 'refusal', null, 'ownedHouseholds', '[]'::jsonb, 'heldBy', '[]'::jsonb);
end
$$;
--> statement-breakpoint
-- Administrators erase a person in a request, and then the user of the transaction is the administrator.
grant execute on function operations.erase_person(jsonb) to nestegg_operator;
--> statement-breakpoint
-- Erases the caller, who has just shown the password. It does not check whether the sessions were ended, because the first call ends them.
--   document: { request }; answer: see operations.erase_person
create function identity.erase_own_person(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  caller_id constant uuid := (select id from identity.users where cognito_sub = document -> 'request' ->> 'subject');
begin
  perform operations.begin_as('user', caller_id, document -> 'request');
  return operations.erase_person(jsonb_build_object('userId', caller_id, 'kind', 'own', 'requestedBy', caller_id)) - 'heldBy';
end
$$;
--> statement-breakpoint
-- The erasures that are not completed, the oldest first.
--   answer: { erasures: [{ id, status, subject }] }: 100 at most
create function identity.list_open_erasures(document jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('erasures', coalesce(jsonb_agg(jsonb_build_object('id', id, 'status', status, 'subject', cognito_sub)), '[]'))
  from (select e.id, e.status, u.cognito_sub from operations.erasures e join identity.users u on u.id = e.user_id
    where e.status <> 'completed' order by e.id limit 100) open_erasures
$$;
--> statement-breakpoint
-- Records what happened in the user pool.
--   document: { erasureId, error? }: without an error, the user pool has removed the person
--   answer: the erasure
create function identity.record_user_pool_erasure(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  stored operations.erasures;
begin
  update operations.erasures
  set error = document ->> 'error',
    status = case when document ->> 'error' is null and status = 'database-erased' then 'user-pool-erased' else status end,
    user_pool_erased_at = case when document ->> 'error' is null then coalesce(user_pool_erased_at, now()) end
  where id = (document ->> 'erasureId')::uuid and status <> 'completed'
  returning * into stored;
  return operations.presented_erasure(stored);
end
$$;
--> statement-breakpoint
-- Erases once more what a request that was already running has stored, and completes the erasure. Not before every such request has ended.
--   document: { erasureId, request }
--   answer: { status | null, refusal | null }: see operations.erase_person
create function identity.complete_erasure(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  longest_request constant interval := interval '5 minutes';
  found_erasure operations.erasures;
  answer jsonb;
begin
  perform operations.begin_as('nobody', null, document -> 'request');
  select * into found_erasure from operations.erasures where id = (document ->> 'erasureId')::uuid and status = 'user-pool-erased';
  if found_erasure.id is null or found_erasure.requested_at > now() - longest_request then
    return jsonb_build_object('status', found_erasure.status, 'refusal', null);
  end if;
  answer := operations.erase_person(jsonb_build_object('userId', found_erasure.user_id, 'kind', found_erasure.kind));
  if answer ->> 'refusal' is null then
    update operations.erasures set status = 'completed', completed_at = now() where id = found_erasure.id and status = 'user-pool-erased';
  end if;
  return jsonb_build_object('status', case when answer ->> 'refusal' is null then 'completed' else found_erasure.status end,
    'refusal', answer -> 'refusal');
end
$$;
--> statement-breakpoint
grant execute on function identity.erase_own_person(jsonb), identity.list_open_erasures(jsonb), identity.record_user_pool_erasure(jsonb),
  identity.complete_erasure(jsonb), operations.find_job_result(jsonb), operations.record_job_end(jsonb) to nestegg_identity;
