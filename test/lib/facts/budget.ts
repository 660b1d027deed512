import { describe, expect, it } from 'vitest'
import type { EnvironmentName } from '../../../lib/deployment.ts'
import { environmentSettings } from '../../../lib/environments.ts'
import { only, type Synthesized } from '../synthesized.ts'

export const budgetFacts = (name: EnvironmentName, synthesized: () => Synthesized): void => {
  describe('the budget', () => {
    const { alarms, monthlyBudgetDollars } = environmentSettings(name)
    const budgets = () => synthesized().resources('AWS::Budgets::Budget')

    it('exists if the settings name an amount', () => {
      expect(budgets()).toHaveLength(monthlyBudgetDollars === undefined ? 0 : 1)
    })

    if (monthlyBudgetDollars === undefined) return

    it('is mailed to the address of tickets: 80 % and 100 % spent, and 100 % expected', () => {
      const notice = (NotificationType: string, Threshold: number) => ({
        Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: alarms!.tickets }],
      })
      const { properties } = only(budgets())
      expect(properties).toMatchObject({
        Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: monthlyBudgetDollars, Unit: 'USD' } },
        NotificationsWithSubscribers: [notice('ACTUAL', 80), notice('ACTUAL', 100), notice('FORECASTED', 100)],
      })
      // A filter by a tag counts nothing until somebody activates the tag.
      expect(properties['Budget']).not.toHaveProperty('CostFilters')
    })
  })
}
