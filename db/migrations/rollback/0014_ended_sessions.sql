drop function identity.end_session(jsonb);
--> statement-breakpoint
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
drop function identity.session_key(text);
--> statement-breakpoint
drop table identity.ended_sessions;
