-- The records of restores that lost audit rows. Each is a signed object beside the anchors; this says which there are, so that a missing one is found.
create table operations.audit_restore_records (
  number integer primary key check (number > 0),
  -- The last seal of the restored chain.
  seal_number bigint not null,
  seal_hash bytea not null,
  -- Of the stored object.
  sha256 bytea not null,
  -- SHA-256 of the public key, in DER.
  key_fingerprint text not null,
  recorded_at timestamptz not null default now()
);
--> statement-breakpoint
select operations.make_append_only('operations.audit_restore_records', '{}');
--> statement-breakpoint
grant select on operations.audit_restore_records to nestegg_operator;
--> statement-breakpoint
-- Records a record of a restore that was put into the anchor store, once, with an audit row. Safe to repeat.
--   document: { number, sealNumber, sealHash, sha256, keyFingerprint, reason, declaredBy }
create function operations.record_audit_restore(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  is_new boolean;
begin
  if not exists (select from operations.audit_seals
    where number = (document ->> 'sealNumber')::bigint and hash = decode(document ->> 'sealHash', 'hex')) then
    raise exception 'The record % of a restore names a seal that this chain does not have.', document ->> 'number' using errcode = 'check_violation';
  end if;
  insert into operations.audit_restore_records (number, seal_number, seal_hash, sha256, key_fingerprint)
  values ((document ->> 'number')::integer, (document ->> 'sealNumber')::bigint, decode(document ->> 'sealHash', 'hex'),
    decode(document ->> 'sha256', 'hex'), document ->> 'keyFingerprint')
  on conflict (number) do nothing;
  is_new := found;
  if is_new then
    perform operations.add_audit_row(operations.uuid_v7(), 'EXECUTE', 'operations.audit_restore_records', null, document, null);
  end if;
  return jsonb_build_object('recorded', is_new);
end
$$;
--> statement-breakpoint
-- Which of some anchors in the store this database has not recorded.
--   document: { keys: [...] }; answer: { keys: [...] }
create function operations.find_unrecorded_anchors(document jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('keys', coalesce(jsonb_agg(stored.key), '[]'))
  from jsonb_array_elements_text(document -> 'keys') stored(key)
  where not exists (select from operations.audit_anchors a where a.key = stored.key)
$$;
--> statement-breakpoint
-- The hashes of some seals.
--   document: { numbers: [...] }; answer: { seals: [{ number, hash }] }: without those that this chain does not have
create function operations.find_audit_seals(document jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('seals', coalesce(jsonb_agg(jsonb_build_object('number', number, 'hash', encode(hash, 'hex'))), '[]'))
  from operations.audit_seals where number in (select value::bigint from jsonb_array_elements_text(document -> 'numbers'))
$$;
--> statement-breakpoint
grant execute on function operations.record_audit_restore(jsonb), operations.find_unrecorded_anchors(jsonb), operations.find_audit_seals(jsonb)
  to nestegg_audit, nestegg_operator;
