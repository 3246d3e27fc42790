/** The file itself and its undo, to look at, copy and save. */
import { Tabs } from '@base-ui/react/tabs';
import { Check, Copy, Save } from 'lucide-react';
import { useState } from 'react';
import type { Input } from '../../../core/api.ts';
import type { RuleFile } from '../../../core/model.ts';
import { Button } from '../../parts/Button.tsx';
import { useCopy } from '../../parts/copy-text.ts';
import { useActions } from '../../state/context.tsx';
import { foreign, sentence } from '../../text/format.ts';
import { words } from '../../text/words.ts';
import { Code } from './Code.tsx';
import { useSave } from './save-file.ts';

type Which = 'rules' | 'undo';

interface FilePanelProps {
  readonly file: RuleFile;
  readonly wanted: Wanted;
}

/** What the file was made of, for saving it. */
export type Wanted = Omit<Input<'exportRules'>, 'format'>;

export function FilePanel({ file, wanted }: FilePanelProps) {
  const [chosen, setWhich] = useState<Which>('rules');
  const tabs: readonly Which[] = file.undoContent === '' ? ['rules'] : ['rules', 'undo'];
  const which = tabs.includes(chosen) ? chosen : 'rules';
  const content = which === 'rules' ? file.content : file.undoContent;
  const filename = which === 'rules' ? file.filename : file.undoFilename;
  return (
    <Tabs.Root
      value={which}
      onValueChange={(value: unknown) => setWhich(value === 'undo' ? 'undo' : 'rules')}
      className="overflow-hidden rounded-card border border-line bg-surface shadow-lift"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <Tabs.List className="flex gap-0.5 rounded-small bg-sunken p-0.5" aria-label={words.exportView.title}>
          {tabs.map((one) => (
            <Tabs.Tab
              key={one}
              value={one}
              className="h-7 rounded-small px-2.5 text-sm font-medium text-soft data-[active]:bg-raised data-[active]:text-ink data-[active]:shadow-lift"
            >
              {words.exportView[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <span className="order-last basis-full font-mono text-xs text-faint wrap-anywhere">{foreign(filename)}</span>
        {/* What it says is about this very file; another file has buttons of its own. */}
        <Buttons key={content} content={content} wanted={wanted} file={file} which={which} />
      </div>
      {tabs.map((one) => (
        <Tabs.Panel key={one} value={one} tabIndex={-1}>
          <Code
            format={file.format}
            text={one === 'rules' ? file.content : file.undoContent}
            label={words.exportView[one]}
          />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

interface ButtonsProps extends FilePanelProps {
  readonly content: string;
  readonly which: Which;
}

function Buttons({ content, file, wanted, which }: ButtonsProps) {
  const { saveRules } = useActions();
  const { copied, copy } = useCopy();
  const { saving, told, tell, save } = useSave(
    () => saveRules({ ...wanted, format: file.format, undo: which === 'undo' }),
    (path) => words.exportView.saved(path),
  );
  const copyFile = async (): Promise<void> => {
    if (!(await copy(content))) tell(words.exportView.copyFailed);
  };
  const CopyIcon = copied ? Check : Copy;
  return (
    <>
      <span className="ml-auto flex gap-2">
        <Button small icon={<CopyIcon aria-hidden className="size-4" />} onClick={() => void copyFile()}>
          {copied ? words.exportView.copied : words.exportView.copy}
        </Button>
        <Button
          small
          kind="main"
          icon={<Save aria-hidden className="size-4" />}
          working={saving}
          onClick={() => void save()}
        >
          {which === 'rules' ? words.exportView.save : words.exportView.saveUndo}
        </Button>
      </span>
      {told === null ? null : <p className="basis-full text-sm text-soft wrap-anywhere">{sentence(told)}</p>}
    </>
  );
}
