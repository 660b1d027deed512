select operations.leave_unerased(array['wealth.account_liabilities']);
--> statement-breakpoint
-- Ends a synchronisation. After each failure the next one waits twice as long, at most a day, and never less than Plaid asks for.
--   document: { request, householdId?, connectionId, syncId, failure: { status, code, message, retryAfterSeconds } | null, isUnfinished, consentExpiresAt? }
--   answer: { connection | null }
create or replace function wealth.end_sync(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
  failure constant jsonb := nullif(document -> 'failure', 'null');
begin
  update wealth.plaid_connections set sync_id = null, sync_until = null, sync_status = coalesce(failure ->> 'status', 'waiting'), error_code = failure ->> 'code',
    error_message = failure ->> 'message', failure_count = case when failure is null then 0 else least(failure_count + 1, 20) end,
    last_sync_at = case when failure is null and not (document ->> 'isUnfinished')::boolean then now() else last_sync_at end,
    next_sync_at = now() + case when (document ->> 'isUnfinished')::boolean then interval '0' when failure is null then interval '20 hours'
      else greatest(make_interval(secs => coalesce((failure ->> 'retryAfterSeconds')::integer, 0)), least(interval '5 minutes' * power(2, least(failure_count, 10)), interval '1 day')) end,
    consent_expires_at = coalesce((document ->> 'consentExpiresAt')::timestamptz, consent_expires_at)
  where id = connection.id returning * into connection;
  return jsonb_build_object('connection', case when connection.id is not null then wealth.present_connection(connection) end);
end
$$;
--> statement-breakpoint
drop function wealth.store_liabilities(jsonb);
--> statement-breakpoint
drop table wealth.account_liabilities;
--> statement-breakpoint
create or replace function wealth.present_connection(connection wealth.plaid_connections) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('id', connection.id, 'householdId', connection.household_id, 'institutionId', connection.institution_id,
    'institutionName', connection.institution_name, 'isActive', connection.is_active, 'syncStatus', connection.sync_status,
    'errorCode', connection.error_code, 'errorMessage', connection.error_message, 'lastSyncAt', operations.instant_text(connection.last_sync_at),
    'nextSyncAt', operations.instant_text(connection.next_sync_at), 'consentExpiresAt', operations.instant_text(connection.consent_expires_at),
    'version', connection.version, 'createdAt', operations.instant_text(connection.created_at), 'updatedAt', operations.instant_text(connection.updated_at))
$$;
--> statement-breakpoint
-- Stores a page of changes and the cursor after it, in one statement. The same page again changes nothing.
--   document: { request, householdId?, connectionId, syncId, fromCursor, nextCursor, isLast, added: [row], modified: [row], removed: [id] }; see wealth.put_synced
--   answer: { applied, pageCursor, droppedSplits? }; dropped: the ids of the transactions with another amount, so that their splits are removed;
--     not applied if another synchronisation has taken over, or if the page does not follow what is stored
create or replace function wealth.apply_page(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
  given jsonb;
  divided constant uuid[] := array(select t.id from wealth.transactions t where t.household_id = connection.household_id and t.is_pending
    and exists (select from wealth.transaction_splits s where s.transaction_id = t.id));
begin
  if connection.id is null then
    return '{"applied": false, "pageCursor": null}';
  elsif connection.page_cursor = document ->> 'nextCursor' then
    return jsonb_build_object('applied', true, 'pageCursor', connection.page_cursor);
  elsif connection.page_cursor <> document ->> 'fromCursor' then
    return jsonb_build_object('applied', false, 'pageCursor', connection.page_cursor);
  end if;
  for given in select * from jsonb_array_elements((document -> 'added') || (document -> 'modified')) loop
    perform wealth.put_synced(connection, given, document -> 'removed');
  end loop;
  perform wealth.remove_synced(connection, id) from jsonb_array_elements_text(document -> 'removed') as id;
  update wealth.plaid_connections set page_cursor = document ->> 'nextCursor',
    cursor = case when (document ->> 'isLast')::boolean then document ->> 'nextCursor' else cursor end,
    removed_pending = (select coalesce(jsonb_agg(kept), '[]') from jsonb_array_elements(removed_pending) as kept where (kept ->> 'at')::timestamptz > now() - interval '14 days')
  where id = connection.id;
  return jsonb_build_object('applied', true, 'pageCursor', document ->> 'nextCursor', 'droppedSplits', (
    select coalesce(jsonb_agg(t.id), '[]') from wealth.transactions t
    where t.id = any (divided) and not exists (select from wealth.transaction_splits s where s.transaction_id = t.id)));
end
$$;
--> statement-breakpoint
-- Stores one transaction of Plaid, new or changed. Returns its id if it is a new row.
--   row: { id, accountId, type?, date, amount, description, merchantName, category, checkNumber, isPending, pendingId, fingerprint }
--   removed: the ids that Plaid removes in the same page
create or replace function wealth.put_synced(connection wealth.plaid_connections, given jsonb, removed jsonb) returns uuid
language plpgsql set search_path = pg_catalog as $$
declare
  account constant uuid := (select id from wealth.accounts where plaid_account_id = given ->> 'accountId' and household_id = connection.household_id);
  plaid_id constant text := given ->> 'id';
  kind constant text := coalesce(given ->> 'type', 'cash');
  day constant date := (given ->> 'date')::date;
  total constant numeric := (given ->> 'amount')::numeric;
  words constant text := given ->> 'description';
  pending constant boolean := (given ->> 'isPending')::boolean;
  print constant text := given ->> 'fingerprint';
  sources constant jsonb := jsonb_strip_nulls(jsonb_build_object('category', 'plaid', 'merchantName', case when given ->> 'merchantName' is not null then 'plaid' end));
  known wealth.transactions;
  labels jsonb;
  made uuid;
begin
  if account is null then
    return null;
  end if;
  select * into known from wealth.transactions where plaid_transaction_id = plaid_id and household_id = connection.household_id;
  if known.id is null and not pending then
    select * into known from wealth.transactions
    where household_id = connection.household_id and is_pending and plaid_transaction_id = given ->> 'pendingId';
    if known.id is null then
      -- Some institutions leave out which pending transaction was posted.
      select * into known from wealth.transactions t
      where t.account_id = account and t.is_pending and removed ? t.plaid_transaction_id and t.amount = total and abs(t.date - day) <= 7
        and wealth.names_resemble(t.description, words)
      order by abs(t.date - day), t.id limit 1;
    end if;
  end if;
  if total = 0 and kind not in ('transfer_in', 'transfer_out', 'reinvestment', 'split', 'merger', 'spin_off', 'symbol_change') then
    perform wealth.remove_synced(connection, known.plaid_transaction_id);
    return null;
  elsif known.is_pending then
    -- The same row, so that all that a person has added to it stays.
    update wealth.transactions as t set account_id = account, date = day, amount = total, description = words, is_pending = pending, plaid_transaction_id = plaid_id,
      check_number = given ->> 'checkNumber', fingerprint = print,
      occurrence = case when t.fingerprint = print and t.account_id = account then t.occurrence else wealth.next_occurrence(account, print) end,
      merchant_name = case when coalesce(t.provenance ->> 'merchantName', 'plaid') = 'plaid' then given ->> 'merchantName' else t.merchant_name end,
      category = case when coalesce(t.provenance ->> 'category', 'plaid') = 'plaid' then given ->> 'category' else t.category end,
      provenance = sources || t.provenance, version = t.version + 1
    where t.id = known.id;
    if known.amount <> total then
      delete from wealth.transaction_splits where transaction_id = known.id;
    end if;
    return null;
  elsif known.id is not null and (pending or (known.account_id, known.date, known.amount) = (account, day, total)) then
    update wealth.transactions as t set
      merchant_name = case when coalesce(t.provenance ->> 'merchantName', 'plaid') = 'plaid' then given ->> 'merchantName' else t.merchant_name end,
      category = case when coalesce(t.provenance ->> 'category', 'plaid') = 'plaid' then given ->> 'category' else t.category end,
      version = t.version + 1
    where t.id = known.id and (
      (coalesce(t.provenance ->> 'merchantName', 'plaid') = 'plaid' and t.merchant_name is distinct from given ->> 'merchantName')
      or (coalesce(t.provenance ->> 'category', 'plaid') = 'plaid' and t.category is distinct from given ->> 'category'));
    return null;
  elsif known.id is not null then
    labels := wealth.own_labels(known);
    perform wealth.reverse_synced(known);
  elsif not pending then
    select kept -> 'labels' into labels from jsonb_array_elements((select removed_pending from wealth.plaid_connections where id = connection.id)) as kept
    where kept ->> 'id' = given ->> 'pendingId' or (kept ->> 'accountId' = account::text and (kept ->> 'amount')::numeric = total
      and abs((kept ->> 'date')::date - day) <= 7 and wealth.names_resemble(kept ->> 'description', words))
    order by (kept ->> 'id' = given ->> 'pendingId') desc nulls last limit 1;
  end if;
  insert into wealth.transactions (household_id, account_id, type, date, amount, description, merchant_name, category, check_number, is_pending, source,
    plaid_transaction_id, fingerprint, occurrence, provenance)
  values (connection.household_id, account, kind, day, total, words, given ->> 'merchantName', given ->> 'category', given ->> 'checkNumber', pending, 'plaid',
    plaid_id, print, wealth.next_occurrence(account, print), sources)
  returning id into made;
  if labels is not null then
    perform wealth.give_labels(made, labels);
    update wealth.plaid_connections set removed_pending = (
      select coalesce(jsonb_agg(kept), '[]') from jsonb_array_elements(removed_pending) as kept where kept -> 'labels' <> labels)
    where id = connection.id;
  end if;
  return made;
end
$$;
--> statement-breakpoint
-- Gives a transaction what a person has added to the one before it. Its splits come along only if they have its amount.
create or replace function wealth.give_labels(target uuid, labels jsonb) returns void
language sql volatile set search_path = pg_catalog as $$
  update wealth.transactions set
    category_id = coalesce((labels ->> 'categoryId')::uuid, category_id),
    notes = coalesce(labels ->> 'notes', notes),
    tags = array(select jsonb_array_elements_text(labels -> 'tags')),
    attachments = array(select jsonb_array_elements_text(labels -> 'attachments')),
    category = case when labels -> 'provenance' ? 'category' then labels ->> 'category' else category end,
    merchant_name = case when labels -> 'provenance' ? 'merchantName' then labels ->> 'merchantName' else merchant_name end,
    provenance = provenance || (labels -> 'provenance')
  where id = target;
  insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
  select t.household_id, t.id, s.position, s.amount, s.category, s.category_id, s.notes
  from wealth.transactions t, jsonb_populate_recordset(null::wealth.transaction_splits, labels -> 'splits') as s
  where t.id = target and t.amount = (select sum((one ->> 'amount')::numeric) from jsonb_array_elements(labels -> 'splits') as one)
$$;
--> statement-breakpoint
drop function wealth.fit_splits(wealth.plaid_connections, uuid, integer);
--> statement-breakpoint
-- Cancels a posted transaction by one that points to it. The history stays as it was.
create or replace function wealth.reverse_synced(t wealth.transactions) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  reversal uuid;
begin
  if not exists (select from wealth.transactions where reverses_id = t.id) then
    insert into wealth.transactions (household_id, account_id, type, date, amount, description, merchant_name, category, category_id, source, fingerprint, occurrence, reverses_id)
    values (t.household_id, t.account_id, t.type, t.date, -t.amount, t.description, t.merchant_name, t.category, t.category_id, 'reversal',
      -- A transaction has one reversal, so that its id is enough. No file has such a row.
      left(encode(sha256(convert_to('reverses' || E'\n' || t.id, 'UTF8')), 'hex'), 32), 1, t.id)
    returning id into reversal;
    insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
    select s.household_id, reversal, s.position, -s.amount, s.category, s.category_id, s.notes from wealth.transaction_splits s where s.transaction_id = t.id;
  end if;
  update wealth.transactions set external_id = coalesce(external_id, plaid_transaction_id), plaid_transaction_id = null where id = t.id;
end
$$;
--> statement-breakpoint
drop function wealth.add_reversal(uuid, date, text);
--> statement-breakpoint
alter table wealth.plaid_connections drop column changed_splits, drop column rules_applied_at;
