import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { Construct } from 'constructs'

export interface BudgetProps {
  readonly monthlyDollars: number
  readonly address: string
}

const notices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'ACTUAL', threshold: 100 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const

/**
 * Mails the address when 80 % and all of a month's budget are spent, and when all of it is expected to be. It counts the whole account: a
 * filter by tag counts nothing until the tag is activated for billing, and never what has no tags. Credits and refunds do not hide what is
 * used. AWS takes nothing for a budget that only notifies.
 */
export const budget = (scope: Construct, id: string, { address, monthlyDollars }: BudgetProps): CfnBudget =>
  new CfnBudget(scope, id, {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyDollars, unit: 'USD' },
      costTypes: { includeCredit: false, includeRefund: false },
    },
    notificationsWithSubscribers: notices.map(notice => ({
      notification: { ...notice, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'EMAIL', address }],
    })),
  })
