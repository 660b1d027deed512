-- The sessions that their browsers have ended, by the SHA-256 of their ids. A row is needed until the last access token of its session expires.
create table identity.ended_sessions (
  key text primary key,
  expires_at timestamptz not null
);
--> statement-breakpoint
create index ended_sessions_expiry on identity.ended_sessions (expires_at);
--> statement-breakpoint
create function identity.session_key(session_id text) returns text
language sql immutable set search_path = pg_catalog as $$
  select encode(sha256(convert_to(session_id, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- The first statement of every request's transaction, and possible only once in it. Sets the user for row-level security and the audit
-- trail, and creates the user at their first authenticated request. The settings are transaction-local and set inside a function, so RDS
-- Proxy does not pin the connection.
--   request: { subject?, issuedAt?, requestId, route, sessionId?, ipAddress?, userAgent? }; without a subject the transaction has no user.
--   issuedAt: when the subject signed in, in seconds since 1970. Raises NE401 for a token of a sign-in before the user's sessions were ended.
--   sessionId: of the sign-in. Raises NE401 if its browser has signed out.
create or replace function operations.begin_request(request jsonb) returns jsonb
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
  select k.key, u.id, u.role, u.is_active, u.tokens_valid_after,
    exists (select from identity.ended_sessions s where s.key = identity.session_key(request ->> 'sessionId')) as session_ended into person
  from operations.identity_key k left join identity.users u on u.cognito_sub = subject;
  if person.id is null and subject is not null then
    perform operations.set_identity(person.key, 'nobody', null, request::text);
    insert into identity.users (cognito_sub) values (subject) on conflict (cognito_sub) do nothing;
    select person.key, id, role, is_active, tokens_valid_after into person from identity.users where cognito_sub = subject;
    perform operations.set_identity(person.key, 'user', person.id, request::text);
    insert into identity.preferences (user_id) values (person.id) on conflict do nothing;
  elsif person.session_ended or to_timestamp(coalesce((request ->> 'issuedAt')::double precision, 0)) < person.tokens_valid_after then
    raise exception 'The session of this token was ended.' using errcode = 'NE401';
  end if;
  -- Assignments, because PERFORM would run a query.
  done := operations.set_identity(person.key, case when person.id is null then 'nobody' else 'user' end, person.id, request::text);
  done := operations.mark_begun();
  return case when person.id is not null then jsonb_build_object('id', person.id, 'role', person.role, 'isActive', person.is_active) end;
end
$$;
--> statement-breakpoint
-- Ends one session: from now on operations.begin_request refuses its access tokens. The user pool makes no others, since its refresh token is
-- revoked. Safe to repeat. An hour is longer than any access token lasts.
--   document: { sessionId, request? }
create function identity.end_session(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_as('nobody', null, document -> 'request');
  insert into identity.ended_sessions (key, expires_at)
  values (identity.session_key(document ->> 'sessionId'), clock_timestamp() + interval '1 hour')
  on conflict (key) do update set expires_at = excluded.expires_at;
  delete from identity.ended_sessions where key in (
    select key from identity.ended_sessions where expires_at < now() limit 100 for update skip locked);
  return null;
end
$$;
--> statement-breakpoint
grant execute on function identity.end_session(jsonb) to nestegg_identity;
