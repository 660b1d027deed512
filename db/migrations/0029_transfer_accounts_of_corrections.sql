-- What a person or a rule has added to a transaction.
create or replace function wealth.own_labels(t wealth.transactions) returns jsonb
language sql stable set search_path = pg_catalog as $$
  select jsonb_build_object('categoryId', t.category_id, 'transferAccountId', t.transfer_account_id, 'notes', t.notes, 'tags', to_jsonb(t.tags),
    'attachments', to_jsonb(t.attachments), 'category', t.category, 'merchantName', t.merchant_name,
    'provenance', (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(t.provenance) where value in ('person', 'rule')),
    'splits', (select coalesce(jsonb_agg(to_jsonb(s) - 'id' order by s.position), '[]') from wealth.transaction_splits s where s.transaction_id = t.id))
$$;
--> statement-breakpoint
create or replace function wealth.has_own_labels(t wealth.transactions) returns boolean
language sql stable set search_path = pg_catalog as $$
  select t.category_id is not null or t.transfer_account_id is not null or t.notes is not null or t.tags <> '{}' or t.attachments <> '{}'
    or exists (select from jsonb_each_text(t.provenance) where value in ('person', 'rule'))
    or exists (select from wealth.transaction_splits s where s.transaction_id = t.id)
$$;
--> statement-breakpoint
-- Gives a transaction what a person or a rule has added to the one before it. wealth.fit_splits then gives the splits its amount.
create or replace function wealth.give_labels(target uuid, labels jsonb) returns void
language sql volatile set search_path = pg_catalog as $$
  update wealth.transactions set
    category_id = coalesce((labels ->> 'categoryId')::uuid, category_id),
    transfer_account_id = coalesce((labels ->> 'transferAccountId')::uuid, transfer_account_id),
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
