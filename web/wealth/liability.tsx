import { type ReactNode, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Facts } from '../components/facts.tsx'
import { CalendarDate, Money, Percent } from '../components/figures.tsx'
import { Loading, Notice, Section } from '../components/page.tsx'
import { percentOf } from '../components/parse-figure.ts'
import { Failure } from '../components/problem.tsx'
import { useApi } from '../shell/api.ts'
import type { Account } from './account-kinds.ts'
import styles from './accounts.module.css'
import { type Liability as Answer, LiabilityForm } from './liability-form.tsx'
import * as m from '#messages/liability'

type Terms = NonNullable<Answer['terms']>

/** A rate with the digits that it has. */
const Rate = ({ rate }: { readonly rate: string }) => <Percent value={rate} digits={percentOf(rate).split('.')[1]?.length ?? 0} />

const day = (date: string | null | undefined) => date && <CalendarDate date={date} />
const yesOrNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? m.yes : m.no)

/** An amount on a day, of which one can be missing. */
const together = (amount: ReactNode, date: ReactNode) =>
  amount && date ? (
    <>
      {amount} · {date}
    </>
  ) : (
    (amount ?? date)
  )

const TermFacts = ({ currency, terms }: { readonly terms: Terms; readonly currency: string }) => {
  const { aprs, details, interestRate, kind } = terms
  const money = (amount: string | null | undefined) => amount && <Money value={amount} currency={currency} precision="exact" />
  const others = aprs.filter(({ kind: use }) => use !== 'purchase')
  return (
    <Facts
      facts={[
        [
          kind === 'credit_card' ? m.aprs.purchase : m.facts.rate,
          interestRate && (
            <>
              <Rate rate={interestRate} /> {details.rateType && m.rateTypes[details.rateType]}
            </>
          ),
        ],
        ...others.map(({ kind: use, rate }) => [m.aprs[use], <Rate key={use} rate={rate} />] as const),
        [kind === 'credit_card' ? m.facts.minimum : m.facts.payment, money(terms.minimumPayment)],
        [m.facts.due, day(terms.nextPaymentDueOn)],
        [m.facts.pastDue, details.pastDue !== '0.00' && money(details.pastDue)],
        [m.facts.lastPayment, together(money(terms.lastPaymentAmount), day(terms.lastPaymentOn))],
        [m.facts.lastStatement, together(money(terms.lastStatementBalance), day(terms.lastStatementOn))],
        [m.facts.loanName, details.loanName],
        [m.facts.loanType, details.loanType],
        [m.facts.term, details.term],
        [m.facts.principal, money(terms.originalPrincipal)],
        [m.facts.originated, day(terms.originatedOn)],
        [m.facts.matures, day(terms.maturesOn)],
        [m.facts.status, together(details.status, details.statusEndsOn && day(details.statusEndsOn))],
        [m.facts.plan, details.repaymentPlan],
        [m.facts.guarantor, details.guarantor],
        [m.facts.outstanding, money(details.outstandingInterest)],
        [m.facts.interestPaid, money(details.interestPaidThisYear)],
        [m.facts.principalPaid, money(details.principalPaidThisYear)],
        [m.facts.escrow, money(details.escrowBalance)],
        [m.facts.lateFee, money(details.lateFee)],
        [m.facts.insurance, yesOrNo(details.hasMortgageInsurance)],
        [m.facts.penalty, yesOrNo(details.hasPrepaymentPenalty)],
      ]}
    />
  )
}

/** The terms of a card, loan or mortgage: those that the institution states, or those that a person has entered. */
export const Liability = ({ account, canEdit }: { readonly account: Account; readonly canEdit: boolean }) => {
  const [isOpen, setIsOpen] = useState(false)
  const { data, error, refetch } = useApi('GET /v1/wealth/accounts/{accountId}/liability-terms', { params: { accountId: account.id } })
  const title = account.type === 'credit_card' ? m.titles.card : m.titles.loan
  const isStated = data?.terms?.source === 'plaid' && account.isConnected
  return (
    <Section
      title={title}
      lead={isStated ? m.stated : m.lead}
      actions={canEdit && data && !isStated ? <Button onClick={() => setIsOpen(true)}>{data.terms ? m.edit : m.add}</Button> : undefined}
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data?.terms?.isOverdue && <Notice kind="bad">{m.overdue}</Notice>}
      {data?.terms && <TermFacts terms={data.terms} currency={account.currency} />}
      {data && !data.terms && <p className={styles['quiet']}>{canEdit ? m.emptyLead : m.empty}</p>}
      {isOpen && data && (
        <Dialog title={title} onClose={() => setIsOpen(false)}>
          <LiabilityForm account={account} liability={data} onClose={() => setIsOpen(false)} />
        </Dialog>
      )}
    </Section>
  )
}
