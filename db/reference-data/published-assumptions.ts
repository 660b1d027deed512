import { portfolioStatistics } from '../../domain/planning/index.ts'
import type { Sql } from '../connections.ts'
import { horizonSurvey2017 } from './horizon-survey-2017.ts'
import { portfolioModelAllocations } from './portfolio-models.ts'

const version = 'horizon-2017-10y'

/** Loads the published assumption set and the portfolio models derived from it. Existing rows stay as they are. */
export const loadPublishedAssumptions = async (sql: Sql): Promise<void> => {
  await sql.begin(async transaction => {
    await transaction`
      insert into planning.capital_market_assumptions (version, status, name, description, effective_date, assumptions, source, methodology)
      values (${version}, 'approved', 'Horizon survey of capital market assumptions 2017, 10-year horizon',
        'Averages of what 35 investment advisers expected of sixteen asset classes.', '2017-08-01', ${transaction.json(JSON.parse(JSON.stringify(horizonSurvey2017)))},
        'Horizon Actuarial Services, Survey of Capital Market Assumptions, 2017 edition',
        'Arithmetic mean returns, standard deviations and correlations as published; inflation from J.P. Morgan LTCMA 2023, uncorrelated but with cash.')
      on conflict do nothing`
    const [set] = await transaction<{ id: string }[]>`
      select id from planning.capital_market_assumptions where version = ${version} and household_id is null`
    for (const { allocation, name, riskLevel } of portfolioModelAllocations) {
      const figures = portfolioStatistics(horizonSurvey2017, allocation)
      await transaction`
        insert into planning.portfolio_models (cma_id, name, risk_level, asset_allocation, expected_return, volatility, sharpe_ratio)
        values (${set!.id}, ${name}, ${riskLevel}, ${transaction.json(allocation)}, ${figures.expectedReturn.toFixed(5)},
          ${figures.volatility.toFixed(5)}, ${figures.sharpeRatio?.toFixed(4) ?? null})
        on conflict do nothing`
    }
  })
}
