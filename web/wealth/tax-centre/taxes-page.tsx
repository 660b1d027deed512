import { ButtonLink } from '../../components/button.tsx'
import { SelectField } from '../../components/field.tsx'
import { Page } from '../../components/page.tsx'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { useAddress } from '../../shell/use-address.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { CategorySection } from './category-section.tsx'
import { GainsSection } from './gains/gains-section.tsx'
import { IncomeSection } from './income-section.tsx'
import { RetirementSection } from './retirement-section.tsx'
import { taxYearsOf } from './tax-years.ts'
import styles from './taxes.module.css'
import { titles as unrealised } from '#messages/unrealised'
import { taxes as m, titles } from '#messages/tax-reports'

const Shown = ({ household }: { readonly household: Household }) => {
  const { read, write } = useAddress()
  const { chosen, years } = taxYearsOf(household, read('year'))
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
      <GainsSection key={chosen} {...of} />
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
      actions={household && <ButtonLink href="/investments/gains">{unrealised.gains}</ButtonLink>}
    >
      <HouseholdGate>{each => <Shown key={each.id} household={each} />}</HouseholdGate>
    </Page>
  )
}

export default TaxesPage
