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
