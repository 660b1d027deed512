CREATE TABLE "identity"."household_invitations" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" char(64) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "household_invitations_role_known" CHECK ("identity"."household_invitations"."role" in ('owner', 'editor', 'viewer')),
	CONSTRAINT "household_invitations_accepted_whole" CHECK (("identity"."household_invitations"."accepted_at" is null) = ("identity"."household_invitations"."accepted_by" is null)),
	CONSTRAINT "household_invitations_accepted_or_revoked" CHECK ("identity"."household_invitations"."accepted_at" is null or "identity"."household_invitations"."revoked_at" is null)
);
--> statement-breakpoint
CREATE TABLE "identity"."household_members" (
	"household_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "household_members_pkey" PRIMARY KEY("household_id","user_id"),
	CONSTRAINT "household_members_role_known" CHECK ("identity"."household_members"."role" in ('owner', 'editor', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "identity"."households" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "households_currency_iso" CHECK ("identity"."households"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "identity"."preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"theme" text DEFAULT 'system' NOT NULL,
	"locale" text DEFAULT 'en-US' NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"notifications" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"trading" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"dashboard_layout" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "preferences_theme_known" CHECK ("identity"."preferences"."theme" in ('system', 'light', 'dark')),
	CONSTRAINT "preferences_currency_iso" CHECK ("identity"."preferences"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "identity"."users" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"cognito_sub" text NOT NULL,
	"email" text,
	"is_verified" boolean DEFAULT false NOT NULL,
	"first_name" text,
	"last_name" text,
	"role" text DEFAULT 'member' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"company" text,
	"title" text,
	"license_number" text,
	"failed_login_attempts" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"last_login" timestamp with time zone,
	"password_changed_at" timestamp with time zone,
	"tokens_valid_after" timestamp with time zone,
	"mfa_enabled" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "users_role_known" CHECK ("identity"."users"."role" in ('member', 'admin')),
	CONSTRAINT "users_failed_login_attempts_not_negative" CHECK ("identity"."users"."failed_login_attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "identity"."household_invitations" ADD CONSTRAINT "household_invitations_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."household_members" ADD CONSTRAINT "household_members_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."household_members" ADD CONSTRAINT "household_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."preferences" ADD CONSTRAINT "preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "household_invitations_token_key" ON "identity"."household_invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "household_invitations_open_key" ON "identity"."household_invitations" USING btree ("household_id",lower("email")) WHERE "identity"."household_invitations"."accepted_at" is null and "identity"."household_invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "household_invitations_household" ON "identity"."household_invitations" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "household_invitations_creator" ON "identity"."household_invitations" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "household_members_user" ON "identity"."household_members" USING btree ("user_id","household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_cognito_sub_key" ON "identity"."users" USING btree ("cognito_sub");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "identity"."users" USING btree (lower("email"));
--> statement-breakpoint
-- The households of which the transaction's user is a member: the user may read all rows that belong to them.
create function operations.readable_household_ids() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  person constant uuid := operations.current_user_id();
begin
  return (select coalesce(array_agg(household_id), '{}') from identity.household_members where user_id = person);
end
$$;
--> statement-breakpoint
-- The households of which the transaction's user is an owner or editor: the user may change the rows that belong to them.
create function operations.editable_household_ids() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  person constant uuid := operations.current_user_id();
begin
  return (select coalesce(array_agg(household_id), '{}') from identity.household_members where user_id = person and role in ('owner', 'editor'));
end
$$;
--> statement-breakpoint
-- The households of which the transaction's user is an owner: the user may also manage their members and invitations.
create function operations.owned_household_ids() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  person constant uuid := operations.current_user_id();
begin
  return (select coalesce(array_agg(household_id), '{}') from identity.household_members where user_id = person and role = 'owner');
end
$$;
--> statement-breakpoint
grant execute on function operations.readable_household_ids(), operations.editable_household_ids(), operations.owned_household_ids() to nestegg_write, nestegg_read;
--> statement-breakpoint
select operations.protect_table('identity.users', 'person', owner_column => 'id');
--> statement-breakpoint
-- Users may change their name, company, title and license number, but never their role, their address or the columns that mirror Cognito.
grant update (first_name, last_name, company, title, license_number, version) on identity.users to nestegg_write;
--> statement-breakpoint
create policy maintained_by_functions on identity.users to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy all_rows_readable on identity.users for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on identity.users to nestegg_operator;
--> statement-breakpoint
select operations.protect_table('identity.preferences', 'person');
--> statement-breakpoint
-- The functions make the row of a new user.
grant update (theme, locale, timezone, currency, notifications, trading, dashboard_layout, version) on identity.preferences to nestegg_write;
--> statement-breakpoint
select operations.guard_table('identity.households');
--> statement-breakpoint
grant select, insert, update (name, timezone, currency, version) on identity.households to nestegg_write;
--> statement-breakpoint
grant select on identity.households to nestegg_read, nestegg_operator;
--> statement-breakpoint
create policy members_read on identity.households for select to nestegg_read
  using (id = any ((select operations.readable_household_ids())::uuid[]));
--> statement-breakpoint
-- INSERT ... RETURNING reads the row before the trigger below makes its creator a member. CASE, so that the ids are not looked up then.
create policy members_and_creators_read on identity.households for select to nestegg_write
  using (case when created_by = (select operations.current_user_id()) and created_at = now() then true
    else id = any ((select operations.readable_household_ids())::uuid[]) end);
--> statement-breakpoint
create policy users_insert on identity.households for insert to nestegg_write with check ((select operations.current_user_id()) is not null);
--> statement-breakpoint
create policy owners_update on identity.households for update to nestegg_write using (id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy maintained_by_functions on identity.households to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy jobs_read on identity.households for select to nestegg_operator using (id = (select operations.acting_household_id()));
--> statement-breakpoint
select operations.guard_table('identity.household_members');
--> statement-breakpoint
-- A member is added only by creating the household or by accepting an invitation.
grant select, delete, update (role, version) on identity.household_members to nestegg_write;
--> statement-breakpoint
grant select on identity.household_members to nestegg_read, nestegg_operator;
--> statement-breakpoint
create policy members_read on identity.household_members for select to nestegg_write, nestegg_read
  using (household_id = any ((select operations.readable_household_ids())::uuid[]));
--> statement-breakpoint
create policy owners_update on identity.household_members for update to nestegg_write
  using (household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy owners_delete on identity.household_members for delete to nestegg_write
  using (household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy members_leave on identity.household_members for delete to nestegg_write using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy maintained_by_functions on identity.household_members to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy jobs_read on identity.household_members for select to nestegg_operator using (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
create function identity.add_first_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into identity.household_members (household_id, user_id, role) values (new.id, operations.current_user_id(), 'owner');
  return null;
end
$$;
--> statement-breakpoint
create trigger add_first_owner after insert on identity.households for each row execute function identity.add_first_owner();
--> statement-breakpoint
create function identity.keep_an_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  -- If two owners leave at the same time, the second waits here and is then refused. A household that is being deleted is not found here.
  perform from identity.households where id = old.household_id for no key update;
  if found and not exists (select from identity.household_members where household_id = old.household_id and role = 'owner') then
    raise exception 'A household must keep at least one owner.' using errcode = 'NE409', constraint = 'household_members_owner_kept';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger keep_an_owner after update of role or delete on identity.household_members for each row when (old.role = 'owner')
  execute function identity.keep_an_owner();
--> statement-breakpoint
-- Revokes the open invitations of a user who is no longer an owner. Otherwise the user could return as an owner with a token of their own.
create function identity.revoke_invitations_of_former_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or new.role <> 'owner' then
    update identity.household_invitations set revoked_at = now(), version = version + 1
    where household_id = old.household_id and created_by = old.user_id and accepted_at is null and revoked_at is null;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Triggers run in the order of their names: keep_an_owner has locked the household, so that no invitation is being made now.
create trigger revoke_invitations_of_former_owner after update of role or delete on identity.household_members
  for each row when (old.role = 'owner') execute function identity.revoke_invitations_of_former_owner();
--> statement-breakpoint
select operations.guard_table('identity.household_invitations', unaudited_columns => array['token_hash']);
--> statement-breakpoint
-- An invitation is made by identity.create_invitation and accepted by identity.accept_invitation; owners revoke it.
grant select, update (revoked_at, version) on identity.household_invitations to nestegg_write;
--> statement-breakpoint
grant select on identity.household_invitations to nestegg_read, nestegg_operator;
--> statement-breakpoint
create policy owners_read on identity.household_invitations for select to nestegg_write, nestegg_read
  using (household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy owners_update on identity.household_invitations for update to nestegg_write
  using (household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy maintained_by_functions on identity.household_invitations to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy jobs_read on identity.household_invitations for select to nestegg_operator using (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
-- The names and addresses of the members of the user's households. All other columns of identity.users are visible to that user only.
create view identity.member_profiles with (security_barrier) as
select m.household_id, m.user_id, u.email, u.first_name, u.last_name
from identity.household_members m join identity.users u on u.id = m.user_id
where m.household_id = any ((select operations.readable_household_ids())::uuid[]);
--> statement-breakpoint
grant select on identity.member_profiles to nestegg_write, nestegg_read;
--> statement-breakpoint
-- The first statement of every request's transaction, and possible only once in it. Sets the user for row-level security and the audit
-- trail, and creates the user at their first authenticated request. The settings are transaction-local and set inside a function, so RDS
-- Proxy does not pin the connection.
--   request: { subject?, issuedAt?, requestId, route, sessionId?, ipAddress?, userAgent? }; without a subject the transaction has no user.
--   issuedAt: when the subject signed in, in seconds since 1970. Raises NE401 for a token of a sign-in before the user's sessions were ended.
create function operations.begin_request(request jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  -- Nobody is signed in on a public route.
  subject text := case when session_user <> 'nestegg_public' then request ->> 'subject' end;
  person record;
  done text;
begin
  if operations.is_begun() then
    perform operations.refuse_second_identity();
  end if;
  select k.key, u.id, u.role, u.is_active, u.tokens_valid_after into person
  from operations.identity_key k left join identity.users u on u.cognito_sub = subject;
  if person.id is null and subject is not null then
    perform operations.set_identity(person.key, 'nobody', null, request::text);
    insert into identity.users (cognito_sub) values (subject) on conflict (cognito_sub) do nothing;
    select person.key, id, role, is_active, tokens_valid_after into person from identity.users where cognito_sub = subject;
    perform operations.set_identity(person.key, 'user', person.id, request::text);
    insert into identity.preferences (user_id) values (person.id) on conflict do nothing;
  elsif to_timestamp(coalesce((request ->> 'issuedAt')::double precision, 0)) < person.tokens_valid_after then
    raise exception 'The session of this token was ended.' using errcode = 'NE401';
  end if;
  -- Assignments, because PERFORM would run a query.
  done := operations.set_identity(person.key, case when person.id is null then 'nobody' else 'user' end, person.id, request::text);
  done := operations.mark_begun();
  return case when person.id is not null then jsonb_build_object('id', person.id, 'role', person.role, 'isActive', person.is_active) end;
end
$$;
--> statement-breakpoint
grant execute on function operations.begin_request(jsonb) to nestegg_write, nestegg_read, nestegg_public, nestegg_operator;
--> statement-breakpoint
-- The moment from which tokens are accepted after the sessions of a user were ended. The time of a sign-in in a token is in whole seconds, so
-- tokens of the current second are refused too.
create function identity.end_of_second(earlier timestamptz) returns timestamptz
language sql volatile set search_path = pg_catalog as $$
  select greatest(earlier, date_trunc('second', clock_timestamp()) + interval '1 second')
$$;
--> statement-breakpoint
-- The attempts at a sign-in, a code or another secret, by the SHA-256 of what is counted. It holds no address, so it also counts for unknown ones.
create table identity.attempts (
  key char(64) primary key,
  count integer not null default 0,
  blocked_until timestamptz not null default '-infinity',
  expires_at timestamptz not null
);
--> statement-breakpoint
create index attempts_expiry on identity.attempts (expires_at);
--> statement-breakpoint
-- The limits. An account is named by its address, or by its subject where the caller is signed in. A source is an IPv4 address or an IPv6
-- network of 64 bits. After `most` attempts within the window, the next ones are refused until the window ends. If the wait doubles, it begins
-- with two seconds, doubles with each attempt up to about 15 minutes, and the window begins again with each attempt. So it is never shorter
-- than the lock of Cognito, which only accounts that exist can have.
create function identity.attempt_limits() returns table (purpose text, kind text, most integer, time_window interval, doubles boolean)
language sql immutable set search_path = pg_catalog as $$
  values ('sign-in', 'account', 5, interval '15 minutes', true), ('sign-in', 'source', 100, interval '15 minutes', false),
    ('second-factor', 'account', 5, interval '15 minutes', true), ('second-factor', 'source', 100, interval '15 minutes', false),
    ('sign-up', 'account', 4, interval '1 hour', false), ('sign-up', 'source', 100, interval '1 hour', false),
    ('sign-up-code', 'account', 4, interval '1 hour', false), ('sign-up-code', 'source', 100, interval '1 hour', false),
    ('reset-code', 'account', 5, interval '1 hour', false), ('reset-code', 'source', 100, interval '1 hour', false),
    ('confirm-sign-up', 'account', 5, interval '1 hour', false), ('confirm-sign-up', 'source', 100, interval '1 hour', false),
    ('confirm-reset', 'account', 5, interval '1 hour', false), ('confirm-reset', 'source', 100, interval '1 hour', false),
    ('enrolment', 'account', 5, interval '1 hour', false), ('step-up', 'account', 5, interval '15 minutes', true)
$$;
--> statement-breakpoint
create function identity.attempt_key(purpose text, kind text, value text) returns text
language sql immutable set search_path = pg_catalog as $$
  select encode(sha256(convert_to(concat_ws(' ', purpose, kind, lower(value)), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
create function identity.source_of(request jsonb) returns text
language sql immutable set search_path = pg_catalog as $$
  select host(network(set_masklen(source, case family(source) when 4 then 32 else 64 end)))
  from (select nullif(request ->> 'ipAddress', '')::inet as source) as given
$$;
--> statement-breakpoint
-- Counts an attempt before it is made, so that attempts at the same time are counted too. An attempt that a limit refuses does not
-- count towards that limit. When the limit of an account refuses a sign-in, the user shows until when.
--   document: { purpose, email?, request }; with a subject in the request the caller is signed in, see operations.begin_request
--   answer: { user | null, retryAfterSeconds | null }: with seconds, the attempt must not be made
create function identity.count_attempt(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  request constant jsonb := document -> 'request';
  person jsonb;
  counted record;
  entry identity.attempts;
  moment timestamptz;
  retry_after integer;
  locked_account_until timestamptz;
begin
  if request ->> 'subject' is not null then
    person := operations.begin_request(request);
  else
    perform operations.begin_as('nobody', null, request);
  end if;
  -- Always the account, then the source, then the user, so that two attempts never wait for each other. The clean-up comes last: it skips what
  -- is locked, but locks what it removes.
  for counted in
    select l.*, identity.attempt_key(l.purpose, l.kind, v.value) as key
    from identity.attempt_limits() l
      cross join lateral (select case l.kind
        when 'account' then coalesce(request ->> 'subject', document ->> 'email') else identity.source_of(request) end as value) v
    where l.purpose = document ->> 'purpose' and v.value is not null
    order by l.kind
  loop
    -- Locks the row, so that attempts at the same time wait here.
    insert into identity.attempts as a (key, expires_at) values (counted.key, clock_timestamp() + counted.time_window)
    on conflict (key) do update set key = excluded.key returning a.* into entry;
    moment := clock_timestamp();
    if entry.expires_at <= moment then
      entry.count := 0;
      entry.blocked_until := '-infinity';
    end if;
    if entry.blocked_until > moment then
      retry_after := greatest(retry_after, ceil(extract(epoch from entry.blocked_until - moment))::integer);
      if counted.kind = 'account' then
        locked_account_until := entry.blocked_until;
      end if;
      continue;
    end if;
    entry.count := entry.count + 1;
    if counted.doubles or entry.count = 1 then
      entry.expires_at := moment + counted.time_window;
    end if;
    if entry.count >= counted.most then
      entry.blocked_until := case when counted.doubles
        then moment + make_interval(secs => 1 + 2 ^ least(entry.count - counted.most, 10)) else entry.expires_at end;
      entry.expires_at := greatest(entry.expires_at, entry.blocked_until);
    end if;
    update identity.attempts set count = entry.count, blocked_until = entry.blocked_until, expires_at = entry.expires_at where key = counted.key;
  end loop;
  if document ->> 'purpose' = 'sign-in' and locked_account_until is not null then
    update identity.users set locked_until = locked_account_until
    where lower(email) = lower(document ->> 'email') and locked_until is distinct from locked_account_until;
  end if;
  delete from identity.attempts where key in (
    select key from identity.attempts where expires_at < now() limit 100 for update skip locked);
  return jsonb_build_object('user', person, 'retryAfterSeconds', retry_after);
end
$$;
--> statement-breakpoint
-- Forgets the attempts of an account after a success, and takes the attempts that succeeded off the count of the source.
--   event: see identity.record_identity_event
create function identity.forget_attempts(event jsonb) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  delete from identity.attempts where key in (
    select identity.attempt_key(l.purpose, 'account', v.value)
    from identity.attempt_limits() l, unnest(array[event ->> 'email', event ->> 'subject']) as v(value)
    where v.value is not null and l.purpose not in ('sign-up', 'sign-up-code', 'reset-code'));
  update identity.attempts set count = greatest(count - 1, 0), blocked_until = '-infinity'
  where key in (
    select identity.attempt_key(a.purpose, 'source', identity.source_of(event -> 'request'))
    from jsonb_array_elements_text(event -> 'attempts') as a(purpose));
end
$$;
--> statement-breakpoint
-- Stores an event that Cognito reported about a person. Takes and returns one JSON document, so that the Data API needs one statement.
--   event: { kind: 'signed-up' | 'confirmed' | 'signed-in' | 'sign-in-failed' | 'locked-out' | 'password-confirmed' | 'password-changed' |
--              'mfa-changed', subject?, email?, emailVerified?, firstName?, lastName?, mfaEnabled?, attempts?, request? }
--   attempts: the purposes of the attempts that succeeded with this event, see identity.attempt_limits
--   answer: { userId, isActive }: nulls if there is no such user
-- A failed sign-in with an address that no user has stores nothing, and so does not reveal whether the address is known.
create function identity.record_identity_event(event jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  kind text := event ->> 'kind';
  subject text := event ->> 'subject';
  address text := event ->> 'email';
  person identity.users;
begin
  perform operations.begin_as('nobody', null, event -> 'request');
  if kind in ('confirmed', 'signed-in', 'password-confirmed', 'password-changed', 'mfa-changed') then
    perform identity.forget_attempts(event);
  end if;
  if subject is not null and kind in ('signed-up', 'signed-in') then
    insert into identity.users (cognito_sub) values (subject) on conflict (cognito_sub) do nothing;
    -- If another person has taken the address in Cognito, it belongs to that person here too.
    update identity.users set email = null, is_verified = false where lower(email) = lower(address) and cognito_sub <> subject;
  end if;
  select * into person from identity.users
  where (subject is not null and cognito_sub = subject) or (subject is null and lower(email) = lower(address));
  if person.id is null then
    return jsonb_build_object('userId', null, 'isActive', null);
  end if;
  perform operations.set_identity(key, 'user', person.id, coalesce(event ->> 'request', '')) from operations.identity_key;
  insert into identity.preferences (user_id) values (person.id) on conflict do nothing;
  case kind
    when 'signed-up' then
      update identity.users set email = address, first_name = coalesce(event ->> 'firstName', first_name), last_name = coalesce(event ->> 'lastName', last_name)
      where id = person.id;
    when 'confirmed' then
      update identity.users set is_verified = true where id = person.id;
    when 'signed-in' then
      update identity.users
      set email = coalesce(address, email), is_verified = coalesce((event ->> 'emailVerified')::boolean, is_verified),
        mfa_enabled = coalesce((event ->> 'mfaEnabled')::boolean, mfa_enabled), failed_login_attempts = 0, locked_until = null, last_login = now()
      where id = person.id;
    when 'sign-in-failed' then
      update identity.users set failed_login_attempts = failed_login_attempts + 1 where id = person.id;
    when 'locked-out' then
      -- Cognito does not report the length of the lock. It starts at one second and doubles up to about fifteen minutes.
      update identity.users
      set failed_login_attempts = failed_login_attempts + 1,
        locked_until = now() + least(interval '15 minutes', make_interval(secs => 2 ^ least(greatest(failed_login_attempts - 5, 0), 10)))
      where id = person.id;
    when 'password-confirmed' then
      null;
    when 'password-changed' then
      update identity.users set password_changed_at = now(), failed_login_attempts = 0, locked_until = null where id = person.id;
    when 'mfa-changed' then
      update identity.users set mfa_enabled = (event ->> 'mfaEnabled')::boolean where id = person.id;
    else
      raise exception 'unknown identity event %', kind using errcode = 'invalid_parameter_value';
  end case;
  return jsonb_build_object('userId', person.id, 'isActive', person.is_active);
end
$$;
--> statement-breakpoint
-- Ends the sessions of a user: operations.begin_request refuses tokens of sign-ins before this moment.
--   document: { subject? or email?, isActive?, request? }; isActive closes the account, or opens it again
--   answer: { userId, tokensValidAfter }: tokens of sign-ins from this moment on are accepted. Nulls if there is no such user.
create function identity.end_sessions(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person identity.users;
begin
  perform operations.begin_as('nobody', null, document -> 'request');
  update identity.users
  set tokens_valid_after = identity.end_of_second(tokens_valid_after), is_active = coalesce((document ->> 'isActive')::boolean, is_active)
  where cognito_sub = document ->> 'subject' or (document ->> 'subject' is null and lower(email) = lower(document ->> 'email'))
  returning * into person;
  return jsonb_build_object('userId', person.id, 'tokensValidAfter', operations.instant_text(person.tokens_valid_after));
end
$$;
--> statement-breakpoint
-- Invites an address to a household. An open invitation to the same address is revoked, so that its token no longer works.
--   document: { request, householdId, email, role, tokenHash, expiresInHours, idempotencyKey?, requestHash? }; see operations.begin_request
--   for the request
--   answer: { user, household: { id, name } | null, inviterName | null, invitation | null, reply | null,
--             refusal: null | 'not-owner' | 'key-reused' | 'already-member' | 'too-many-open' | 'too-many-today' }
-- The household is null if the user is not a member. Then, for a closed account, and for a refusal, nothing is stored.
-- The reply is the one that identity.keep_invitation_reply stored under the same key. With a reply there is no invitation, and nothing is
-- stored again.
create function identity.create_invitation(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  address text := document ->> 'email';
  most_open constant integer := 20;
  most_per_day constant integer := 50;
  household identity.households;
  held_role text;
  kept record;
  refusal text;
  invitation identity.household_invitations;
begin
  -- Invitations to one household are made one after another, and not while its members change. Only members can lock it.
  select h.* into household from identity.households h
  where h.id = (document ->> 'householdId')::uuid
    and exists (select from identity.household_members m where m.household_id = h.id and m.user_id = (person ->> 'id')::uuid)
  for no key update of h;
  -- The role is read after the wait for the lock.
  select m.role into held_role from identity.household_members m
  where m.household_id = household.id and m.user_id = (person ->> 'id')::uuid;
  if held_role is null then
    household := null;
  end if;
  -- A user's invitations to several households are counted one after another.
  perform from identity.users where id = (person ->> 'id')::uuid and household.id is not null for no key update;
  select k.request_hash, k.body into kept from operations.idempotency_keys k
  where k.user_id = (person ->> 'id')::uuid and k.route = document -> 'request' ->> 'route' and k.key = document ->> 'idempotencyKey'
    and k.expires_at > now();
  refusal := case
    when held_role <> 'owner' then 'not-owner'
    when kept.request_hash <> document ->> 'requestHash' then 'key-reused'
    when kept.request_hash is not null or household.id is null then null
    when exists (
      select from identity.household_members m join identity.users u on u.id = m.user_id
      where m.household_id = household.id and lower(u.email) = lower(address)) then 'already-member'
    when most_open <= (
      select count(*) from identity.household_invitations i
      where i.household_id = household.id and lower(i.email) <> lower(address) and i.accepted_at is null and i.revoked_at is null
        and i.expires_at > now()) then 'too-many-open'
    when most_per_day <= (
      select count(*) from identity.household_invitations i
      where i.created_by = (person ->> 'id')::uuid and i.created_at > now() - interval '24 hours') then 'too-many-today'
  end;
  if household.id is not null and refusal is null and kept.request_hash is null and (person ->> 'isActive')::boolean then
    update identity.household_invitations set revoked_at = now(), version = version + 1
    where household_id = household.id and lower(email) = lower(address) and accepted_at is null and revoked_at is null;
    insert into identity.household_invitations (household_id, email, role, token_hash, expires_at)
    values (household.id, address, document ->> 'role', document ->> 'tokenHash', now() + make_interval(hours => (document ->> 'expiresInHours')::integer))
    returning * into invitation;
  end if;
  return jsonb_build_object(
    'user', person,
    'household', case when household.id is not null then jsonb_build_object('id', household.id, 'name', household.name) end,
    'inviterName', (
      select coalesce(nullif(concat_ws(' ', first_name, last_name), ''), email) from identity.users where id = (person ->> 'id')::uuid),
    'invitation', case when invitation.id is not null then jsonb_build_object(
      'id', invitation.id, 'householdId', invitation.household_id, 'email', invitation.email, 'role', invitation.role,
      'expiresAt', operations.instant_text(invitation.expires_at), 'createdAt', operations.instant_text(invitation.created_at),
      'createdBy', invitation.created_by) end,
    'reply', case when refusal is null and household.id is not null then kept.body end,
    'refusal', refusal);
end
$$;
--> statement-breakpoint
-- Stores the reply to a request after its invitation was sent by mail. Later requests with the same key get this reply. Nothing is stored
-- if the invitation was revoked meanwhile: a request with the same key overlapped and replaced it, and stores its own reply.
--   document: { request, idempotencyKey, requestHash, reply }
create function identity.keep_invitation_reply(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  caller_id uuid := (operations.begin_request(document -> 'request') ->> 'id')::uuid;
  invitation_id constant uuid := document -> 'reply' ->> 'id';
begin
  -- create_invitation holds the same lock: it finds the reply that is stored here, or has revoked the invitation before it is read here.
  perform from identity.households
  where id = (select household_id from identity.household_invitations where id = invitation_id) for no key update;
  delete from operations.idempotency_keys where user_id = caller_id and expires_at < now();
  insert into operations.idempotency_keys (user_id, route, key, request_hash, status, body)
  select caller_id, document -> 'request' ->> 'route', document ->> 'idempotencyKey', document ->> 'requestHash', 201, document -> 'reply'
  from identity.household_invitations where id = invitation_id and revoked_at is null
  on conflict do nothing;
  return null;
end
$$;
--> statement-breakpoint
grant execute on function identity.record_identity_event(jsonb), identity.count_attempt(jsonb), identity.end_sessions(jsonb) to nestegg_identity;
--> statement-breakpoint
grant execute on function identity.create_invitation(jsonb), identity.keep_invitation_reply(jsonb) to nestegg_invitations;
--> statement-breakpoint
-- Makes the transaction's user a member by an invitation. The role of a member may rise but never falls. A token works once.
--   answer: { householdId } or { refusal: 'unknown' | 'accepted' | 'revoked' | 'expired' }
create function identity.accept_invitation(hash_of_token text) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  invitation identity.household_invitations;
  roles constant text[] := '{viewer,editor,owner}';
begin
  -- Changes of the members of one household are made one after another.
  perform from identity.households
  where id = (select household_id from identity.household_invitations where token_hash = hash_of_token) for no key update;
  select * into invitation from identity.household_invitations where token_hash = hash_of_token for update;
  if invitation.id is null then
    return '{"refusal": "unknown"}';
  elsif invitation.accepted_at is not null then
    return '{"refusal": "accepted"}';
  elsif invitation.revoked_at is not null then
    return '{"refusal": "revoked"}';
  elsif invitation.expires_at <= now() then
    return '{"refusal": "expired"}';
  end if;
  insert into identity.household_members as m (household_id, user_id, role)
  values (invitation.household_id, operations.current_user_id(), invitation.role)
  on conflict (household_id, user_id) do update set role = excluded.role, version = m.version + 1
  where array_position(roles, excluded.role) > array_position(roles, m.role);
  update identity.household_invitations set accepted_at = now(), accepted_by = operations.current_user_id(), version = version + 1
  where id = invitation.id;
  return jsonb_build_object('householdId', invitation.household_id);
end
$$;
--> statement-breakpoint
grant execute on function identity.accept_invitation(text) to nestegg_write;
