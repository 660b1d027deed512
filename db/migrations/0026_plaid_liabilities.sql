CREATE TABLE "wealth"."account_liabilities" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"interest_rate" numeric(9, 6),
	"aprs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"minimum_payment" numeric(15, 2),
	"next_payment_due_on" date,
	"is_overdue" boolean,
	"last_payment_amount" numeric(15, 2),
	"last_payment_on" date,
	"last_statement_balance" numeric(15, 2),
	"last_statement_on" date,
	"original_principal" numeric(15, 2),
	"originated_on" date,
	"matures_on" date,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "account_liabilities_kind_known" CHECK ("wealth"."account_liabilities"."kind" in ('credit_card', 'mortgage', 'student_loan', 'loan')),
	CONSTRAINT "account_liabilities_source_known" CHECK ("wealth"."account_liabilities"."source" in ('person', 'plaid'))
);
--> statement-breakpoint
ALTER TABLE "wealth"."plaid_connections" ADD COLUMN "changed_splits" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "wealth"."account_liabilities" ADD CONSTRAINT "account_liabilities_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "account_liabilities_household" ON "wealth"."account_liabilities" USING btree ("household_id");
--> statement-breakpoint
select operations.protect_table('wealth.account_liabilities', 'household');
--> statement-breakpoint
-- A person replaces the terms as a whole.
grant insert, delete on wealth.account_liabilities to nestegg_write;
--> statement-breakpoint
-- For wealth.store_liabilities, when a job or a webhook synchronises a household.
create policy syncs_act on wealth.account_liabilities to nestegg_owner using (household_id = (select operations.acting_household_id()))
  with check (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
ALTER TABLE "wealth"."plaid_connections" ADD COLUMN "rules_applied_at" timestamp with time zone;
--> statement-breakpoint
grant select (changed_splits, rules_applied_at) on wealth.plaid_connections to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- For the work that follows a synchronisation.
grant update (rules_applied_at) on wealth.plaid_connections to nestegg_operator;
--> statement-breakpoint
-- Adds the transaction that cancels another one, with its labels, security and parts. Corrections by hand and those of an institution are this.
-- It has the id of the other in its fingerprint, so that no row of a file equals it.
create function wealth.add_reversal(original uuid, day date, remark text) returns uuid
language plpgsql set search_path = pg_catalog as $$
declare
  reversal uuid;
begin
  insert into wealth.transactions (household_id, account_id, type, date, amount, description, merchant_name, category, category_id, check_number, tags, notes,
    source, reverses_id, fingerprint, provenance)
  select household_id, account_id, type, day, -amount, description, merchant_name, category, category_id, check_number, tags, remark,
    'reversal', id, left(encode(sha256(convert_to('reverses' || E'\n' || id, 'UTF8')), 'hex'), 32), provenance
  from wealth.transactions where id = original
  returning id into reversal;
  insert into wealth.investment_transactions
  select (jsonb_populate_record(i, jsonb_build_object('transaction_id', reversal, 'trade_date', day, 'settlement_date', null))).*
  from wealth.investment_transactions i where i.transaction_id = original;
  insert into wealth.transaction_splits (household_id, transaction_id, position, amount, category, category_id, notes)
  select household_id, reversal, position, -amount, category, category_id, notes from wealth.transaction_splits where transaction_id = original;
  return reversal;
end
$$;
--> statement-breakpoint
grant execute on function wealth.add_reversal(uuid, date, text) to nestegg_write;
--> statement-breakpoint
-- Cancels a posted transaction by one that points to it. The history stays as it was.
create or replace function wealth.reverse_synced(t wealth.transactions) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from wealth.transactions where reverses_id = t.id) then
    perform wealth.add_reversal(t.id, t.date, null);
  end if;
  update wealth.transactions set external_id = coalesce(external_id, plaid_transaction_id), plaid_transaction_id = null where id = t.id;
end
$$;
--> statement-breakpoint
-- Gives the splits of a transaction its amount, in proportion, as splitMoney of the domain does: each is its share rounded towards zero to the
-- smallest unit of the currency, and the units that are left go to the largest remainders. A split without any share is left out. The connection
-- says so for thirty days.
--   digits: decimals of the smallest unit
create function wealth.fit_splits(connection wealth.plaid_connections, target uuid, digits integer) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  t wealth.transactions;
  before constant numeric := (select sum(amount) from wealth.transaction_splits where transaction_id = target);
  shares jsonb;
begin
  select * into t from wealth.transactions where id = target;
  if before is null or before = t.amount then
    return;
  end if;
  with exact as (
    select id, position, abs(amount) * 100 * abs(t.amount) * power(10::numeric, digits) as product, abs(before) * 100 as whole
    from wealth.transaction_splits where transaction_id = target
  ), ranked as (
    select id, div(product, whole) as units, row_number() over (order by mod(product, whole) desc, position) as place,
      abs(t.amount) * power(10::numeric, digits) - sum(div(product, whole)) over () as units_left
    from exact
  )
  select jsonb_object_agg(id, round(sign(t.amount) * (units + case when place <= units_left then 1 else 0 end) / power(10::numeric, digits), 2))
  into shares from ranked;
  delete from wealth.transaction_splits where transaction_id = target and (shares ->> id::text)::numeric = 0;
  update wealth.transaction_splits set amount = (shares ->> id::text)::numeric where transaction_id = target;
  update wealth.plaid_connections set changed_splits = changed_splits || jsonb_build_object('transactionId', t.id, 'accountId', t.account_id,
    'currency', (select currency from wealth.accounts where id = t.account_id), 'date', t.date, 'description', t.description,
    'amountBefore', before::text, 'amountAfter', t.amount::text, 'changedAt', operations.instant_text(now()))
  where id = connection.id;
end
$$;
--> statement-breakpoint
-- Gives a transaction what a person has added to the one before it. wealth.fit_splits then gives the splits its amount.
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
  where t.id = target
$$;
--> statement-breakpoint
-- Stores one transaction of Plaid, new or changed. Returns its id if it is a new row.
--   row: { id, accountId, type?, date, amount, description, merchantName, category, checkNumber, isPending, pendingId, fingerprint, digits }
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
    perform wealth.fit_splits(connection, known.id, (given ->> 'digits')::integer);
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
    perform wealth.fit_splits(connection, made, (given ->> 'digits')::integer);
    update wealth.plaid_connections set removed_pending = (
      select coalesce(jsonb_agg(kept), '[]') from jsonb_array_elements(removed_pending) as kept where kept -> 'labels' <> labels)
    where id = connection.id;
  end if;
  return made;
end
$$;
--> statement-breakpoint
-- Stores a page of changes and the cursor after it, in one statement. The same page again changes nothing.
--   document: { request, householdId?, connectionId, syncId, fromCursor, nextCursor, isLast, added: [row], modified: [row], removed: [id] }; see wealth.put_synced
--   answer: { applied, pageCursor }; not applied if another synchronisation has taken over, or if the page does not follow what is stored
create or replace function wealth.apply_page(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
  given jsonb;
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
    removed_pending = (select coalesce(jsonb_agg(kept), '[]') from jsonb_array_elements(removed_pending) as kept where (kept ->> 'at')::timestamptz > now() - interval '14 days'),
    changed_splits = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(changed_splits) as one where (one ->> 'changedAt')::timestamptz > now() - interval '30 days')
  where id = connection.id;
  return jsonb_build_object('applied', true, 'pageCursor', document ->> 'nextCursor');
end
$$;
--> statement-breakpoint
create or replace function wealth.present_connection(connection wealth.plaid_connections) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('id', connection.id, 'householdId', connection.household_id, 'institutionId', connection.institution_id,
    'institutionName', connection.institution_name, 'isActive', connection.is_active, 'syncStatus', connection.sync_status,
    'errorCode', connection.error_code, 'errorMessage', connection.error_message, 'lastSyncAt', operations.instant_text(connection.last_sync_at),
    'nextSyncAt', operations.instant_text(connection.next_sync_at), 'consentExpiresAt', operations.instant_text(connection.consent_expires_at),
    'changedSplits', connection.changed_splits,
    'version', connection.version, 'createdAt', operations.instant_text(connection.created_at), 'updatedAt', operations.instant_text(connection.updated_at))
$$;
--> statement-breakpoint
-- Stores the terms of the debts of a connection, all together: those that the institution no longer states go. What a person has entered stays until
-- the institution states it.
--   document: { request, householdId?, connectionId, syncId, liabilities: [{ accountId, kind, interestRate, aprs, minimumPayment, nextPaymentDueOn, isOverdue,
--     lastPaymentAmount, lastPaymentOn, lastStatementBalance, lastStatementOn, originalPrincipal, originatedOn, maturesOn, details }] }
--   answer: { stored }
create function wealth.store_liabilities(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  connection wealth.plaid_connections := wealth.continue_sync(document);
begin
  if connection.id is null then
    return '{"stored": false}';
  end if;
  delete from wealth.account_liabilities l using wealth.accounts a
  where a.id = l.account_id and a.plaid_connection_id = connection.id and l.source = 'plaid'
    and a.plaid_account_id not in (select given ->> 'accountId' from jsonb_array_elements(document -> 'liabilities') as given);
  insert into wealth.account_liabilities as l (account_id, household_id, source, kind, interest_rate, aprs, minimum_payment, next_payment_due_on, is_overdue,
    last_payment_amount, last_payment_on, last_statement_balance, last_statement_on, original_principal, originated_on, matures_on, details)
  select a.id, a.household_id, 'plaid', given.kind, given."interestRate", given.aprs, given."minimumPayment", given."nextPaymentDueOn", given."isOverdue",
    given."lastPaymentAmount", given."lastPaymentOn", given."lastStatementBalance", given."lastStatementOn", given."originalPrincipal", given."originatedOn",
    given."maturesOn", given.details
  from jsonb_to_recordset(document -> 'liabilities') as given ("accountId" text, kind text, "interestRate" numeric, aprs jsonb,
      "minimumPayment" numeric, "nextPaymentDueOn" date, "isOverdue" boolean, "lastPaymentAmount" numeric, "lastPaymentOn" date, "lastStatementBalance" numeric, "lastStatementOn" date,
      "originalPrincipal" numeric, "originatedOn" date, "maturesOn" date, details jsonb)
  join wealth.accounts a on a.plaid_account_id = given."accountId" and a.plaid_connection_id = connection.id
  on conflict (account_id) do update set (source, kind, interest_rate, aprs, minimum_payment, next_payment_due_on, is_overdue, last_payment_amount,
    last_payment_on, last_statement_balance, last_statement_on, original_principal, originated_on, matures_on, details)
    = (excluded.source, excluded.kind, excluded.interest_rate, excluded.aprs, excluded.minimum_payment, excluded.next_payment_due_on, excluded.is_overdue,
      excluded.last_payment_amount, excluded.last_payment_on, excluded.last_statement_balance, excluded.last_statement_on,
      excluded.original_principal, excluded.originated_on, excluded.matures_on, excluded.details);
  return '{"stored": true}';
end
$$;
--> statement-breakpoint
grant execute on function wealth.store_liabilities(jsonb) to nestegg_wealth;
--> statement-breakpoint
-- Ends a synchronisation. After each failure the next one waits twice as long, at most a day, and never less than Plaid asks for.
--   document: { request, householdId?, connectionId, syncId, failure: { status, code, message, retryAfterSeconds } | null, isUnfinished, consentExpiresAt? }
--   answer: { connection | null, hasNews }; news: transactions to which the rules were not applied since they changed
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
  return jsonb_build_object('connection', case when connection.id is not null then wealth.present_connection(connection) end, 'hasNews', exists (
    select from wealth.transactions t join wealth.accounts a on a.id = t.account_id
    where a.plaid_connection_id = connection.id and (connection.rules_applied_at is null or t.updated_at >= connection.rules_applied_at)));
end
$$;
--> statement-breakpoint
select operations.erase_before('wealth.accounts', array['wealth.account_liabilities']);
