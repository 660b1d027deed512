import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { Page } from '../../components/page.tsx'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { useAddress } from '../../shell/use-address.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { todayIn } from '../today.ts'
import { CategorySection } from './category-section.tsx'
import { IncomeSection } from './income-section.tsx'
import { RetirementSection } from './retirement-section.tsx'
import styles from './taxes.module.css'
import { titles as gains } from '#messages/gains'
import { taxes as m, titles } from '#messages/tax-reports'

/** Years that can be chosen: this one and those before it for which records are usually kept. */
const yearsBack = 10

const Shown = ({ household }: { readonly household: Household }) => {
  const { read, write } = useAddress()
  const thisYear = Number(todayIn(household.timezone).slice(0, 4))
  const years = Array.from({ length: yearsBack + 1 }, (_, index) => String(thisYear - index))
  // The year that is over is the one of the next return.
  const chosen = years.includes(read('year')) ? read('year') : String(thisYear - 1)
  const of = { householdId: household.id, year: Number(chosen) }
  return (
    <>
      <div className={styles['year']}>
        <SelectField
          id="tax-year"
          name="year"
          label={m.year}
          value={chosen}
          error={undefined}
          options={years.map(year => [year, year])}
          onChange={year => write({ year })}
        />
      </div>
      <IncomeSection {...of} />
      <RetirementSection {...of} />
      <CategorySection {...of} />
    </>
  )
}

/** The tax centre: the reports of a tax year. */
const TaxesPage = () => {
  const { household } = useHouseholds()
  return (
    <Page
      title={titles.taxes}
      lead={household && m.lead(household.name)}
      actions={household && <ButtonLink href="/investments/gains">{gains.gains}</ButtonLink>}
    >
      <HouseholdGate>{each => <Shown key={each.id} household={each} />}</HouseholdGate>
    </Page>
  )
}

export default TaxesPage
