import { Link } from 'wouter'
import type { AccountNetWorth } from './net-worth-data.ts'
import { netWorth as m } from '#messages/net-worth'

export const nameOf = ({ name }: Pick<AccountNetWorth, 'name'>): string => name ?? m.onTheWay

/** The name of an account as a link to its page. What is on the way between two accounts has no page. */
export const AccountLink = ({ account }: { readonly account: Pick<AccountNetWorth, 'accountId' | 'name'> }) => {
  const name = <bdi>{nameOf(account)}</bdi>
  return account.accountId === null ? name : <Link href={`/accounts/${account.accountId}`}>{name}</Link>
}
