CREATE INDEX "household_invitations_invited" ON "identity"."household_invitations" USING btree (lower("email")) WHERE "identity"."household_invitations"."accepted_at" is null and "identity"."household_invitations"."revoked_at" is null;
--> statement-breakpoint
-- The open invitations to the verified address of the transaction's user, with what their mails say. The token is in the mail only.
create function identity.invitations_to_me() returns table (household_name text, role text, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select h.name, i.role, i.expires_at
  from identity.users u
  join identity.household_invitations i on lower(i.email) = lower(u.email)
  join identity.households h on h.id = i.household_id
  where u.id = operations.current_user_id() and u.is_verified and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  order by i.expires_at
$$;
--> statement-breakpoint
grant execute on function identity.invitations_to_me() to nestegg_read;
--> statement-breakpoint
create index audit_anchors_seal on operations.audit_anchors (seal_number);
--> statement-breakpoint
-- The function below looks up the seals of no other rows.
create policy own_rows_sealed on operations.audit_logs for select to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
-- The place of a row among the ids of a seal, which are in ascending order; null if it is not there. Only slices of the ids are read.
create function operations.place_in_seal(row_ids bytea, wanted uuid) returns integer
language plpgsql immutable parallel safe set search_path = pg_catalog as $$
declare
  bytes constant bytea := uuid_send(wanted);
  low integer := 0;
  high integer := octet_length(row_ids) / 16 - 1;
  middle integer;
  found_bytes bytea;
begin
  while low <= high loop
    middle := (low + high) / 2;
    found_bytes := substring(row_ids from 16 * middle + 1 for 16);
    if found_bytes = bytes then
      return middle;
    elsif found_bytes < bytes then
      low := middle + 1;
    else
      high := middle - 1;
    end if;
  end loop;
  return null;
end
$$;
--> statement-breakpoint
-- What the chain has of some audit rows of the transaction's user. Rows of others are left out, and nothing of them is answered: a seal is
-- described by its hashes only.
--   ids, moments: of up to 500 rows
--   answer: { rows: [{ id, seal, hash }], waiting: [id], seals: [{ the fields of a seal, isRooted, before, after, anchor }] }
--   isRooted: its ids and hashes have its root. before: the hash of the seal before; after: what the next seal has as the hash before it.
--   anchor: the first anchor of this seal or of one after it; isLinked: the hashes lead from this seal to the anchored one.
create function operations.own_audit_seals(ids uuid[], moments timestamptz[]) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  with own as materialized (
    select a.id, operations.audit_month(a.timestamp) as month
    from unnest(ids[1:500], moments[1:500]) as given(id, moment)
    join operations.audit_logs a on a.id = given.id and a.timestamp = given.moment and a.user_id = operations.current_user_id()
  ), placed as materialized (
    select own.id, s.number, operations.place_in_seal(s.row_ids, own.id) as place
    from own join operations.audit_seals s on s.month = own.month and own.id between s.first_row and s.last_row
  ), sealed as materialized (
    select p.id, p.number, encode(substring(s.row_hashes from 32 * p.place + 1 for 32), 'hex') as hash
    from placed p join operations.audit_seals s on s.number = p.number where p.place is not null
  )
  select jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'seal', number, 'hash', hash)), '[]') from sealed),
    'waiting', (select coalesce(jsonb_agg(w.id), '[]') from operations.unsealed_audit_rows w where w.id in (select id from own)),
    'seals', (select coalesce(jsonb_agg(jsonb_build_object('number', s.number, 'previousHash', encode(s.previous_hash, 'hex'),
        'sealedAt', (extract(epoch from s.sealed_at) * 1000000)::bigint::text, 'month', s.month, 'rowCount', s.row_count,
        'totalRows', s.total_rows, 'firstRow', s.first_row, 'lastRow', s.last_row, 'root', encode(s.root, 'hex'), 'hash', encode(s.hash, 'hex'),
        'isRooted', sha256(s.row_ids || s.row_hashes) = s.root,
        'before', (select encode(b.hash, 'hex') from operations.audit_seals b where b.number = s.number - 1),
        'after', (select encode(n.previous_hash, 'hex') from operations.audit_seals n where n.number = s.number + 1),
        'anchor', case when anchor.key is not null then jsonb_build_object('key', anchor.key, 'sealNumber', anchor.seal_number,
          'anchoredAt', operations.instant_text(anchor.anchored_at), 'isLinked',
          exists (select from operations.audit_seals t where t.number = anchor.seal_number and t.hash = anchor.seal_hash)
          and anchor.seal_number - s.number = (select count(*) from operations.audit_seals t
            join operations.audit_seals n on n.number = t.number + 1 and n.previous_hash = t.hash
            where t.number >= s.number and t.number < anchor.seal_number)) end) order by s.number), '[]')
      from operations.audit_seals s
      left join lateral (select a.key, a.seal_number, a.seal_hash, a.anchored_at from operations.audit_anchors a
        where a.seal_number >= s.number order by a.seal_number, a.key limit 1) anchor on true
      where s.number in (select number from sealed)))
$$;
--> statement-breakpoint
grant execute on function operations.own_audit_seals(uuid[], timestamptz[]) to nestegg_read;
