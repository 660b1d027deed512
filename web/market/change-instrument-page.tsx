import { useParams } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { Loading } from '../components/page.tsx'
import { Failure } from '../components/problem.tsx'
import { AdministratorPage } from '../shell/administrator-page.tsx'
import { useApi } from '../shell/api.ts'
import { useLookIsKnown } from '../shell/preferences.ts'
import { ActionForms } from './action-forms.tsx'
import { ChangeSymbol } from './change-symbol.tsx'
import { InstrumentForm } from './instrument-form.tsx'
import { RemoveBars } from './remove-bars.tsx'
import { symbolPath } from './symbol-link.tsx'
import { instrumentForm as m } from '#messages/market-forms'

const Loaded = ({ symbol }: { readonly symbol: string }) => {
  const instrument = useApi('GET /v1/market/instruments/{symbol}', { params: { symbol } })
  const splits = useApi('GET /v1/market/instruments/{symbol}/splits', { params: { symbol } })
  const dividends = useApi('GET /v1/market/instruments/{symbol}/dividends', { params: { symbol } })
  const isKnown = useLookIsKnown()
  const error = instrument.error ?? splits.error ?? dividends.error
  if (error) return <Failure error={error} retry={() => Promise.all([instrument.refetch(), splits.refetch(), dividends.refetch()])} />
  if (!instrument.data || !splits.data || !dividends.data || !isKnown) return <Loading />
  return (
    <>
      <InstrumentForm instrument={instrument.data} />
      <ActionForms symbol={instrument.data.symbol} splits={splits.data.items} dividends={dividends.data.items} />
      <ChangeSymbol symbol={instrument.data.symbol} />
      <RemoveBars instrument={instrument.data} />
    </>
  )
}

const ChangeInstrumentPage = () => {
  const symbol = decodeURIComponent(useParams<{ symbol: string }>().symbol)
  return (
    <AdministratorPage
      title={m.change(symbol)}
      lead={m.changeLead}
      actions={<ButtonLink href={symbolPath(symbol)}>{m.toInstrument}</ButtonLink>}
    >
      <Loaded key={symbol} symbol={symbol} />
    </AdministratorPage>
  )
}

export default ChangeInstrumentPage
