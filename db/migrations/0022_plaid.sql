CREATE TABLE "wealth"."account_credentials" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"credential" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"key_id" text NOT NULL,
	"key_wrapped_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "wealth"."plaid_connections" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plaid_item_id" text NOT NULL,
	"access_token" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"key_id" text NOT NULL,
	"key_wrapped_at" timestamp with time zone DEFAULT now() NOT NULL,
	"institution_id" text,
	"institution_name" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"sync_status" text DEFAULT 'waiting' NOT NULL,
	"error_code" text,
	"error_message" text,
	"last_sync_at" timestamp with time zone,
	"next_sync_at" timestamp with time zone NOT NULL,
	"failure_count" integer DEFAULT 0 NOT NULL,
	"consent_expires_at" timestamp with time zone,
	"cursor" text DEFAULT '' NOT NULL,
	"page_cursor" text DEFAULT '' NOT NULL,
	"sync_id" uuid,
	"sync_until" timestamp with time zone,
	"removed_pending" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"seen_webhooks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plaid_connections_sync_status_known" CHECK ("wealth"."plaid_connections"."sync_status" in ('waiting', 'syncing', 'failed', 'sign-in-required'))
);
--> statement-breakpoint
ALTER TABLE "wealth"."account_credentials" ADD CONSTRAINT "account_credentials_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."account_credentials" ADD CONSTRAINT "account_credentials_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."plaid_connections" ADD CONSTRAINT "plaid_connections_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "account_credentials_household" ON "wealth"."account_credentials" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "plaid_connections_item_key" ON "wealth"."plaid_connections" USING btree ("plaid_item_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "plaid_connections_id_household_key" ON "wealth"."plaid_connections" USING btree ("id","household_id");
--> statement-breakpoint
CREATE INDEX "plaid_connections_household" ON "wealth"."plaid_connections" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "plaid_connections_due" ON "wealth"."plaid_connections" USING btree ("next_sync_at");
--> statement-breakpoint
select operations.protect_table('wealth.plaid_connections', 'household', unaudited_columns => array['access_token', 'wrapped_key', 'key_id', 'cursor', 'page_cursor',
  'removed_pending', 'seen_webhooks']);
--> statement-breakpoint
select operations.protect_table('wealth.account_credentials', 'household', unaudited_columns => array['credential', 'wrapped_key', 'key_id']);
--> statement-breakpoint
-- No role of requests or jobs reads what is encrypted.
revoke select on wealth.plaid_connections, wealth.account_credentials from nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant select (id, household_id, institution_id, institution_name, is_active, sync_status, error_code, error_message, last_sync_at, next_sync_at, consent_expires_at,
  version, created_at, updated_at, created_by, updated_by) on wealth.plaid_connections to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant select (account_id, household_id, version, created_at, updated_at, created_by, updated_by) on wealth.account_credentials
  to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- For the functions below, when a job or a webhook synchronises a household.
do $$
declare
  target text;
begin
  foreach target in array array['wealth.plaid_connections', 'wealth.accounts', 'wealth.transactions', 'wealth.investment_transactions',
    'wealth.transaction_splits'] loop
    execute format('create policy syncs_act on %s to nestegg_owner using (household_id = (select operations.acting_household_id()))
      with check (household_id = (select operations.acting_household_id()))', target);
  end loop;
end
$$;
--> statement-breakpoint
-- Begins the work of a person, or of a job or webhook for a household: its request has no subject.
--   document: { request, householdId? }
create function wealth.begin_work(document jsonb) returns jsonb
language plpgsql set search_path = pg_catalog as $$
begin
  if document -> 'request' ->> 'subject' is null then
    perform operations.begin_as('household', (document ->> 'householdId')::uuid, document -> 'request');
    return null;
  end if;
  return operations.begin_request(document -> 'request');
end
$$;
--> statement-breakpoint
-- Raises NE403 if the person may not edit the household. A household that they may not even read is no household of theirs: the answer is false.
create function wealth.may_edit(household uuid) returns boolean
language plpgsql set search_path = pg_catalog as $$
begin
  if household is null or household <> all (operations.readable_household_ids()) then
    return false;
  elsif household <> all (operations.editable_household_ids()) then
    raise exception 'Only owners and editors of this household may change this.' using errcode = 'NE403';
  end if;
  return true;
end
$$;
--> statement-breakpoint
create function wealth.sealed_token(connection wealth.plaid_connections) returns jsonb
language sql immutable set search_path = pg_catalog as $$
  select jsonb_build_object('sealed', connection.access_token, 'wrappedKey', connection.wrapped_key, 'keyId', connection.key_id)
$$;
--> statement-breakpoint
create function wealth.present_connection(connection wealth.plaid_connections) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('id', connection.id, 'householdId', connection.household_id, 'institutionId', connection.institution_id,
    'institutionName', connection.institution_name, 'isActive', connection.is_active, 'syncStatus', connection.sync_status,
    'errorCode', connection.error_code, 'errorMessage', connection.error_message, 'lastSyncAt', operations.instant_text(connection.last_sync_at),
    'nextSyncAt', operations.instant_text(connection.next_sync_at), 'consentExpiresAt', operations.instant_text(connection.consent_expires_at),
    'version', connection.version, 'createdAt', operations.instant_text(connection.created_at), 'updatedAt', operations.instant_text(connection.updated_at))
$$;
--> statement-breakpoint
-- Whether the person of a request may connect accounts of a household.
--   document: { request, householdId }
--   answer: { user, isKnown }; NE403 for a viewer
create function wealth.check_editor(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
begin
  return jsonb_build_object('user', person, 'isKnown', wealth.may_edit((document ->> 'householdId')::uuid));
end
$$;
--> statement-breakpoint
-- Stores a new connection. The same item again gives the one that is stored.
--   document: { request, householdId, connectionId, itemId, token: { sealed, wrappedKey, keyId }, institutionId | null, institutionName, consentExpiresAt | null }
--   answer: { user, connection | null, isTaken }; taken: another household has the item
create function wealth.create_connection(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  household constant uuid := (document ->> 'householdId')::uuid;
  connection wealth.plaid_connections;
begin
  if not wealth.may_edit(household) then
    return jsonb_build_object('user', person, 'connection', null, 'isTaken', false);
  end if;
  select * into connection from wealth.plaid_connections where plaid_item_id = document ->> 'itemId' and household_id = household;
  if connection.id is null then
    insert into wealth.plaid_connections (id, household_id, plaid_item_id, access_token, wrapped_key, key_id, institution_id, institution_name, consent_expires_at, next_sync_at)
    values ((document ->> 'connectionId')::uuid, household, document ->> 'itemId', document -> 'token' ->> 'sealed', document -> 'token' ->> 'wrappedKey',
      document -> 'token' ->> 'keyId', document ->> 'institutionId', document ->> 'institutionName', (document ->> 'consentExpiresAt')::timestamptz, now())
    on conflict (plaid_item_id) do nothing returning * into connection;
  end if;
  return jsonb_build_object('user', person, 'isTaken', connection.id is null,
    'connection', case when connection.id is not null then wealth.present_connection(connection) end);
end
$$;
--> statement-breakpoint
-- A connection with its encrypted access token, for a person who may edit the household.
--   document: { request, connectionId }
--   answer: { user, connection | null, token }
create function wealth.open_connection(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  connection wealth.plaid_connections;
begin
  select * into connection from wealth.plaid_connections where id = (document ->> 'connectionId')::uuid;
  if not wealth.may_edit(connection.household_id) then
    return jsonb_build_object('user', person, 'connection', null);
  end if;
  return jsonb_build_object('user', person, 'connection', wealth.present_connection(connection), 'token', wealth.sealed_token(connection));
end
$$;
--> statement-breakpoint
-- Removes a connection. Its accounts stay, with their transactions.
--   document: { request, connectionId }
--   answer: { user, removed }
create function wealth.remove_connection(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  connection constant uuid := (document ->> 'connectionId')::uuid;
begin
  if not wealth.may_edit((select household_id from wealth.plaid_connections where id = connection)) then
    return jsonb_build_object('user', person, 'removed', false);
  end if;
  update wealth.accounts set plaid_account_id = null, plaid_connection_id = null where plaid_connection_id = connection;
  delete from wealth.plaid_connections where id = connection;
  return jsonb_build_object('user', person, 'removed', found);
end
$$;
--> statement-breakpoint
-- Begins a synchronisation, unless one is under way. One that was interrupted ends by itself after five minutes.
--   document: { request, householdId?, connectionId, syncId }; a request with a subject does not wait, except for a limit of Plaid
--   answer: { user, state: 'begun' | 'busy' | 'later' | 'missing', connection?, cursor?, pageCursor?, token?, retryAfterSeconds? }
create function wealth.begin_sync(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := wealth.begin_work(document);
  connection wealth.plaid_connections;
begin
  select * into connection from wealth.plaid_connections where id = (document ->> 'connectionId')::uuid;
  if connection.id is null or (person is not null and not wealth.may_edit(connection.household_id)) then
    return jsonb_build_object('user', person, 'state', 'missing');
  end if;
  select * into connection from wealth.plaid_connections where id = connection.id for update;
  if connection.id is null or not connection.is_active then
    return jsonb_build_object('user', person, 'state', 'missing');
  elsif connection.sync_until > now() and connection.sync_id <> (document ->> 'syncId')::uuid then
    return jsonb_build_object('user', person, 'state', 'busy', 'connection', wealth.present_connection(connection));
  elsif connection.failure_count > 0 and connection.next_sync_at > now() and (person is null or connection.error_code like '%LIMIT%') then
    return jsonb_build_object('user', person, 'state', 'later', 'connection', wealth.present_connection(connection),
      'retryAfterSeconds', ceil(extract(epoch from connection.next_sync_at - now())));
  end if;
  update wealth.plaid_connections set sync_id = (document ->> 'syncId')::uuid, sync_until = now() + interval '5 minutes', sync_status = 'syncing'
  where id = connection.id returning * into connection;
  return jsonb_build_object('user', person, 'state', 'begun', 'connection', wealth.present_connection(connection), 'cursor', connection.cursor,
    'pageCursor', connection.page_cursor, 'token', wealth.sealed_token(connection));
end
$$;
--> statement-breakpoint
-- The connection, locked, if this synchronisation is the one under way. It then has five minutes more.
create function wealth.continue_sync(document jsonb) returns wealth.plaid_connections
language plpgsql set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections;
begin
  perform wealth.begin_work(document);
  update wealth.plaid_connections set sync_until = now() + interval '5 minutes'
  where id = (document ->> 'connectionId')::uuid and sync_id = (document ->> 'syncId')::uuid returning * into connection;
  return connection;
end
$$;
--> statement-breakpoint
-- Stores the accounts of a connection and their balances. A new one takes the place of an account that was entered by hand, if type, institution
-- and the last digits of the number are the same.
--   document: { request, householdId?, connectionId, syncId, accounts: [{ id, name, type, taxType, mask, currency, current, available, limit, vested }] }
--   answer: { stored }
create function wealth.store_accounts(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
  given record;
  known uuid;
begin
  if connection.id is null then
    return '{"stored": false}';
  end if;
  for given in select * from jsonb_to_recordset(document -> 'accounts') as a (id text, name text, type text, "taxType" text, mask text, currency text,
    "current" numeric, available numeric, "limit" numeric, vested numeric, unvested numeric)
  loop
    select id into known from wealth.accounts where plaid_account_id = given.id and household_id = connection.household_id;
    if known is null then
      select id into known from wealth.accounts
      where household_id = connection.household_id and plaid_account_id is null and mask = given.mask and type = given.type
        and lower(institution_name) = lower(connection.institution_name) and closed_on is null
      order by id limit 1;
    end if;
    if known is null then
      insert into wealth.accounts (household_id, name, type, tax_type, institution_name, currency, mask, balance_source)
      values (connection.household_id, given.name, given.type, given."taxType", connection.institution_name, given.currency, given.mask, 'stated')
      returning id into known;
    end if;
    update wealth.accounts as a set plaid_account_id = given.id, plaid_connection_id = connection.id, current_balance = given."current",
      available_balance = given.available, credit_limit = given."limit", vested_balance = given.vested, unvested_balance = given.unvested,
      balance_stated_at = now(), version = version + 1
    where a.id = known;
  end loop;
  return '{"stored": true}';
end
$$;
--> statement-breakpoint
-- The next free place among transactions of an account with the same fingerprint.
create function wealth.next_occurrence(account uuid, fingerprint text) returns integer
language sql volatile set search_path = pg_catalog as $$
  select coalesce(max(t.occurrence), 0) + 1 from wealth.transactions t where t.account_id = account and t.fingerprint = next_occurrence.fingerprint
$$;
--> statement-breakpoint
-- Whether two descriptions can be those of one purchase: they are equal, or share a word of four letters or more.
create function wealth.names_resemble(one text, other text) returns boolean
language sql immutable set search_path = pg_catalog as $$
  select lower(one) = lower(other) or exists (
    select from regexp_split_to_table(lower(one), '[^[:alpha:]]+') as word
    where length(word) >= 4 and word = any (regexp_split_to_array(lower(other), '[^[:alpha:]]+')))
$$;
--> statement-breakpoint
-- What a person has added to a transaction.
create function wealth.own_labels(t wealth.transactions) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('categoryId', t.category_id, 'notes', t.notes, 'tags', to_jsonb(t.tags), 'attachments', to_jsonb(t.attachments),
    'category', t.category, 'merchantName', t.merchant_name,
    'provenance', (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(t.provenance) where value in ('person', 'rule')),
    'splits', (select coalesce(jsonb_agg(to_jsonb(s) - 'id' order by s.position), '[]') from wealth.transaction_splits s where s.transaction_id = t.id))
$$;
--> statement-breakpoint
create function wealth.has_own_labels(t wealth.transactions) returns boolean
language sql stable set search_path = pg_catalog as $$
  select t.category_id is not null or t.notes is not null or t.tags <> '{}' or t.attachments <> '{}'
    or exists (select from jsonb_each_text(t.provenance) where value in ('person', 'rule'))
    or exists (select from wealth.transaction_splits s where s.transaction_id = t.id)
$$;
--> statement-breakpoint
-- Gives a transaction what a person has added to the one before it. Its splits come along only if they have its amount.
create function wealth.give_labels(target uuid, labels jsonb) returns void
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
-- Cancels a posted transaction by one that points to it. The history stays as it was.
create function wealth.reverse_synced(t wealth.transactions) returns void
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
-- Stores one transaction of Plaid, new or changed. Returns its id if it is a new row.
--   row: { id, accountId, type?, date, amount, description, merchantName, category, checkNumber, isPending, pendingId, fingerprint }
--   removed: the ids that Plaid removes in the same page
create function wealth.put_synced(connection wealth.plaid_connections, given jsonb, removed jsonb) returns uuid
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
-- Removes what Plaid has removed. A pending transaction goes; a posted one is reversed.
create function wealth.remove_synced(connection wealth.plaid_connections, plaid_id text) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  known wealth.transactions;
  posted uuid;
begin
  select * into known from wealth.transactions where plaid_transaction_id = plaid_id and household_id = connection.household_id;
  if known.id is null then
    return;
  elsif not known.is_pending then
    perform wealth.reverse_synced(known);
    return;
  elsif wealth.has_own_labels(known) then
    -- The posted one can have come before, or can come later.
    select t.id into posted from wealth.transactions t
    where t.account_id = known.account_id and not t.is_pending and t.source = 'plaid' and t.amount = known.amount and abs(t.date - known.date) <= 7
      and t.created_at >= known.created_at and not wealth.has_own_labels(t) and wealth.names_resemble(t.description, known.description)
    order by abs(t.date - known.date), t.id limit 1;
    if posted is not null then
      perform wealth.give_labels(posted, wealth.own_labels(known));
    else
      update wealth.plaid_connections set removed_pending = removed_pending || jsonb_build_object('id', plaid_id, 'accountId', known.account_id,
        'amount', known.amount, 'date', known.date, 'description', known.description, 'labels', wealth.own_labels(known), 'at', now())
      where id = connection.id;
    end if;
  end if;
  delete from wealth.transactions where id = known.id;
end
$$;
--> statement-breakpoint
-- Stores a page of changes and the cursor after it, in one statement. The same page again changes nothing.
--   document: { request, householdId?, connectionId, syncId, fromCursor, nextCursor, isLast, added: [row], modified: [row], removed: [id] }; see wealth.put_synced
--   answer: { applied, pageCursor, droppedSplits? }; dropped: the ids of the transactions with another amount, so that their splits are removed;
--     not applied if another synchronisation has taken over, or if the page does not follow what is stored
create function wealth.apply_page(document jsonb) returns jsonb
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
-- Goes back to the first page of an update, because Plaid has changed it meanwhile.
--   document: { request, householdId?, connectionId, syncId }
--   answer: { pageCursor | null }
create function wealth.restart_pages(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
begin
  update wealth.plaid_connections set page_cursor = cursor where id = connection.id;
  return jsonb_build_object('pageCursor', connection.cursor);
end
$$;
--> statement-breakpoint
-- Stores investment transactions. Those that are known are compared, as in a page of changes.
--   document: { request, householdId?, connectionId, syncId, transactions: [row with { symbol, securityName, securityId, quantity, price, commission }] }
--   answer: { stored }
create function wealth.store_investments(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
  given jsonb;
  made uuid;
begin
  if connection.id is null then
    return '{"stored": false}';
  end if;
  for given in select * from jsonb_array_elements(document -> 'transactions') loop
    made := wealth.put_synced(connection, given, '[]');
    if made is not null then
      insert into wealth.investment_transactions (transaction_id, household_id, account_id, trade_date, symbol, security_name, security_id, quantity, price, commission)
      select t.id, t.household_id, t.account_id, t.date, given ->> 'symbol', given ->> 'securityName', given ->> 'securityId', (given ->> 'quantity')::numeric,
        (given ->> 'price')::numeric, (given ->> 'commission')::numeric
      from wealth.transactions t where t.id = made;
    end if;
  end loop;
  return '{"stored": true}';
end
$$;
--> statement-breakpoint
-- Ends a synchronisation. After each failure the next one waits twice as long, at most a day, and never less than Plaid asks for.
--   document: { request, householdId?, connectionId, syncId, failure: { status, code, message, retryAfterSeconds } | null, isUnfinished, consentExpiresAt? }
--   answer: { connection | null }
create function wealth.end_sync(document jsonb) returns jsonb
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
-- The connections of all households that are due, those that wait longest first.
--   document: { request, limit }
--   answer: { connections: [{ connectionId, householdId }] }
create function wealth.list_due_connections(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_checks(document -> 'request');
  return jsonb_build_object('connections', (
    select coalesce(jsonb_agg(jsonb_build_object('connectionId', id, 'householdId', household_id) order by next_sync_at, id), '[]')
    from (select id, household_id, next_sync_at from wealth.plaid_connections
      where is_active and next_sync_at <= now() and (sync_until is null or sync_until < now()) order by next_sync_at, id limit (document ->> 'limit')::integer) as due));
end
$$;
--> statement-breakpoint
-- The connection of an item of Plaid.
--   document: { request, itemId }
--   answer: { connectionId, householdId } or null
create function wealth.find_item(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_checks(document -> 'request');
  return (select jsonb_build_object('connectionId', id, 'householdId', household_id) from wealth.plaid_connections where plaid_item_id = document ->> 'itemId');
end
$$;
--> statement-breakpoint
-- Records a webhook, once.
--   document: { request, householdId, connectionId, digest, failure: { status, code, message } | null, isDue, isRevoked }
--   answer: { isNew }
create function wealth.note_webhook(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  failure constant jsonb := nullif(document -> 'failure', 'null');
begin
  perform wealth.begin_work(document);
  update wealth.plaid_connections set
    seen_webhooks = (select coalesce(jsonb_agg(seen), '[]') from jsonb_array_elements(seen_webhooks) as seen where (seen ->> 'at')::timestamptz > now() - interval '10 minutes')
      || jsonb_build_object('digest', document ->> 'digest', 'at', now()),
    sync_status = coalesce(failure ->> 'status', sync_status), error_code = coalesce(failure ->> 'code', error_code),
    error_message = coalesce(failure ->> 'message', error_message), is_active = is_active and not (document ->> 'isRevoked')::boolean,
    failure_count = case when (document ->> 'isDue')::boolean then 0 else failure_count end,
    next_sync_at = case when (document ->> 'isDue')::boolean then now() else next_sync_at end
  where id = (document ->> 'connectionId')::uuid
    and not exists (select from jsonb_array_elements(seen_webhooks) as seen where seen ->> 'digest' = document ->> 'digest');
  return jsonb_build_object('isNew', found);
end
$$;
--> statement-breakpoint
-- Stores the encrypted credential of an account, or replaces it.
--   document: { request, accountId, credential: { sealed, wrappedKey, keyId } | null }; null only asks for the household
--   answer: { user, householdId | null, stored }
create function wealth.put_credential(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  account constant uuid := (document ->> 'accountId')::uuid;
  household constant uuid := (select household_id from wealth.accounts where id = account);
  credential constant jsonb := nullif(document -> 'credential', 'null');
begin
  if not wealth.may_edit(household) then
    return jsonb_build_object('user', person, 'householdId', null, 'stored', false);
  elsif credential is not null then
    insert into wealth.account_credentials as c (account_id, household_id, credential, wrapped_key, key_id)
    values (account, household, credential ->> 'sealed', credential ->> 'wrappedKey', credential ->> 'keyId')
    on conflict (account_id) do update set credential = excluded.credential, wrapped_key = excluded.wrapped_key, key_id = excluded.key_id,
      key_wrapped_at = now(), version = c.version + 1;
  end if;
  return jsonb_build_object('user', person, 'householdId', household, 'stored', credential is not null);
end
$$;
--> statement-breakpoint
--   document: { request, accountId }
--   answer: { user, removed }
create function wealth.remove_credential(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  account constant uuid := (document ->> 'accountId')::uuid;
begin
  if not wealth.may_edit((select household_id from wealth.accounts where id = account)) then
    return jsonb_build_object('user', person, 'removed', false);
  end if;
  delete from wealth.account_credentials where account_id = account;
  return jsonb_build_object('user', person, 'removed', found);
end
$$;
--> statement-breakpoint
-- Has every data key encrypted again.
--   document: { request }
--   answer: { marked }
create function wealth.mark_wrapped_keys(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  marked integer;
begin
  perform operations.begin_checks(document -> 'request');
  with tokens as (update wealth.plaid_connections set key_wrapped_at = '-infinity' returning 1),
    credentials as (update wealth.account_credentials set key_wrapped_at = '-infinity' returning 1)
  select (select count(*) from tokens) + (select count(*) from credentials) into marked;
  return jsonb_build_object('marked', marked);
end
$$;
--> statement-breakpoint
-- Data keys that were encrypted before a moment.
--   document: { request, before, limit }
--   answer: { keys: [{ kind, id, householdId, wrappedKey, keyId }] }
create function wealth.list_wrapped_keys(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_checks(document -> 'request');
  return jsonb_build_object('keys', (select coalesce(jsonb_agg(to_jsonb(k)), '[]') from (
    select 'plaid-access-token' as kind, id, household_id as "householdId", wrapped_key as "wrappedKey", key_id as "keyId"
    from wealth.plaid_connections where key_wrapped_at < (document ->> 'before')::timestamptz
    union all
    select 'account-credential', account_id, household_id, wrapped_key, key_id
    from wealth.account_credentials where key_wrapped_at < (document ->> 'before')::timestamptz
    limit (document ->> 'limit')::integer) as k));
end
$$;
--> statement-breakpoint
-- Replaces a data key by the same one, encrypted again. Not if it is another one by now.
--   document: { request, kind, id, before, wrappedKey, keyId }; `before` is the encrypted data key that was read
--   answer: { replaced }
create function wealth.replace_wrapped_key(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  replaced boolean;
begin
  perform operations.begin_checks(document -> 'request');
  if document ->> 'kind' = 'plaid-access-token' then
    update wealth.plaid_connections set wrapped_key = document ->> 'wrappedKey', key_id = document ->> 'keyId', key_wrapped_at = now()
    where id = (document ->> 'id')::uuid and wrapped_key = document ->> 'before';
    replaced := found;
  else
    update wealth.account_credentials set wrapped_key = document ->> 'wrappedKey', key_id = document ->> 'keyId', key_wrapped_at = now()
    where account_id = (document ->> 'id')::uuid and wrapped_key = document ->> 'before';
    replaced := found;
  end if;
  return jsonb_build_object('replaced', replaced);
end
$$;
--> statement-breakpoint
grant usage on schema operations, wealth to nestegg_wealth;
--> statement-breakpoint
grant execute on function wealth.check_editor(jsonb), wealth.create_connection(jsonb), wealth.open_connection(jsonb), wealth.remove_connection(jsonb),
  wealth.begin_sync(jsonb), wealth.store_accounts(jsonb), wealth.apply_page(jsonb), wealth.restart_pages(jsonb), wealth.store_investments(jsonb),
  wealth.end_sync(jsonb), wealth.list_due_connections(jsonb), wealth.find_item(jsonb), wealth.note_webhook(jsonb), wealth.put_credential(jsonb),
  wealth.remove_credential(jsonb), wealth.list_wrapped_keys(jsonb), wealth.replace_wrapped_key(jsonb), operations.find_job_result(jsonb),
  operations.record_job_end(jsonb), operations.record_system_event(jsonb) to nestegg_wealth;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'wealth.transaction_splits', null, 'household_id', null),
    (3, 'operations.household_job_runs', null, 'household_id', null),
    (4, 'wealth.goal_accounts', null, 'household_id', null),
    (5, 'wealth.goals', null, 'household_id', null),
    (6, 'wealth.beneficiaries', null, 'household_id', null),
    (7, 'wealth.balance_snapshots', null, 'household_id', null),
    (8, 'wealth.account_valuations', null, 'household_id', null),
    (9, 'wealth.investment_transactions', null, 'household_id', null),
    (10, 'wealth.transactions', null, 'household_id', null),
    (11, 'wealth.transaction_categories', null, 'household_id', null),
    (12, 'wealth.import_parts', null, 'household_id', null),
    (13, 'wealth.import_profiles', null, 'household_id', null),
    (14, 'wealth.imports', null, 'household_id', null),
    (15, 'wealth.account_totals', null, 'household_id', null),
    (16, 'wealth.account_credentials', null, 'household_id', null),
    (17, 'wealth.accounts', null, 'household_id', null),
    (18, 'wealth.plaid_connections', null, 'household_id', null),
    (19, 'planning.run_shards', null, 'household_id', null),
    (20, 'planning.plan_outputs', null, 'household_id', null),
    (21, 'planning.runs', null, 'household_id', null),
    (22, 'planning.plan_versions', null, 'household_id', null),
    (23, 'planning.plan_inputs', null, 'household_id', null),
    (24, 'planning.plans', null, 'household_id', null),
    (25, 'planning.portfolio_models', null, 'household_id', null),
    (26, 'planning.capital_market_assumptions', null, 'household_id', null),
    (27, 'identity.people', null, 'household_id', null),
    (28, 'identity.household_invitations', null, 'household_id', null),
    (29, 'identity.household_members', 'user_id', 'household_id', null),
    (30, 'identity.households', null, 'id', null),
    (31, 'identity.preferences', 'user_id', null, null),
    (32, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['wealth.account_credentials', 'wealth.plaid_connections'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
