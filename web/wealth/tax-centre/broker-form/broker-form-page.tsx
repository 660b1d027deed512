import { useState } from 'react'
import { ButtonLink } from '../../../components/button.tsx'
import { Page } from '../../../components/page.tsx'
import type { Household } from '../../../shell/household.ts'
import { useAddress } from '../../../shell/use-address.ts'
import { HouseholdGate } from '../../household-gate.tsx'
import { BrokerForm } from './broker-form.tsx'
import { Comparison } from './comparison.tsx'
import type { Compared } from './comparison-data.ts'
import { form as m } from '#messages/broker-form'

const Shown = ({ household }: { readonly household: Household }) => {
  const { read } = useAddress()
  const [compared, setCompared] = useState<Compared>()
  return (
    <>
      <BrokerForm household={household} year={read('year')} onCompared={setCompared} />
      {compared && <Comparison key={compared.key} compared={compared} />}
    </>
  )
}

/** A broker's Form 1099-B beside the ledger. */
const BrokerFormPage = () => {
  const { read } = useAddress()
  const year = read('year')
  return (
    <Page
      title={m.title}
      lead={m.lead}
      actions={<ButtonLink href={year === '' ? '/taxes' : `/taxes?year=${year}`}>{m.toTaxes}</ButtonLink>}
    >
      <HouseholdGate>{each => <Shown key={each.id} household={each} />}</HouseholdGate>
    </Page>
  )
}

export default BrokerFormPage
