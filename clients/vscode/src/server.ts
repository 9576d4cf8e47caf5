/** The language server's process and the connection to it. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type Executable,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { findInterpreter, OLDEST } from './interpreter';
import { CLIENT_COMMANDS, type InitializationOptions } from './protocol';
import * as settings from './settings';

export const LANGUAGES = ['bibtex', 'ris'] as const;

/** One server at a time. Starting, stopping and restarting are done one after another, in the order asked. */
export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('bibwright', { log: true });
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly extension: vscode.ExtensionContext) {}

  start(): Promise<void> {
    return this.inTurn(() => this.doStart());
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.doStop());
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.doStop();
      await this.doStart();
    });
  }

  /** Has the server carry out one of its commands; undefined when there is no server, which was then said. */
  async execute<Result>(command: string, argument?: object): Promise<Result | null | undefined> {
    await this.last;
    if (!this.client?.isRunning()) {
      void vscode.window.showWarningMessage('The bibwright language server is not running.');
      return undefined;
    }
    const params = { command, arguments: argument === undefined ? [] : [argument] };
    return (await this.client.sendRequest(ExecuteCommandRequest.type, params)) as Result | null;
  }

  /** Sends a request of our own; undefined when there is no server, which is not said: nobody pressed a button. */
  async request<Result>(method: string, params: object): Promise<Result | null | undefined> {
    await this.last;
    return this.client?.isRunning() ? ((await this.client.sendRequest(method, params)) as Result | null) : undefined;
  }

  dispose(): void {
    this.log.dispose();
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step, step);
    return this.last;
  }

  private async doStart(): Promise<void> {
    const executable = await this.findExecutable();
    if (!executable) return;
    const client = new LanguageClient(settings.SECTION, 'bibwright', executable, this.options());
    try {
      await client.start();
      this.client = client;
      this.log.info('server started');
    } catch (error) {
      this.log.error(`the server did not start: ${String(error)}`);
      await client.dispose().catch(() => undefined);
      void this.complain('The bibwright language server could not be started.', 'Show output');
    }
  }

  private async doStop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that does not answer is ended by the client after its time limit: nothing to report.
    await client?.dispose().catch((error: unknown) => this.log.warn(`while stopping: ${String(error)}`));
  }

  private async findExecutable(): Promise<Executable | undefined> {
    const [own, ...ownArgs] = settings.path();
    if (own !== undefined) return { command: own, args: ownArgs, transport: TransportKind.stdio };

    const found = await findInterpreter(this.log);
    if ('tried' in found) {
      void this.complainOfPython(found.tried);
      return undefined;
    }
    const [python = '', ...pythonArgs] = found.argv;
    const launcher = this.extension.asAbsolutePath(path.join('bundled', 'launch.py'));
    // Isolated, so that neither the user's site-packages nor a module beside the bibliography shadows ours;
    // no byte code, because the extension's folder may be read-only or shared.
    const args = [...pythonArgs, '-I', '-X', 'utf8', '-B', launcher, 'serve'];
    return { command: python, args, transport: TransportKind.stdio };
  }

  private options(): LanguageClientOptions {
    const initializationOptions: InitializationOptions = { clientCommands: Object.values(CLIENT_COMMANDS) };
    return {
      documentSelector: LANGUAGES.flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      initializationOptions,
      synchronize: { configurationSection: settings.SECTION },
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // The one message of `doStart` says it; a second attempt with the same files would end the same way.
      initializationFailedHandler: () => false,
    };
  }

  private complainOfPython(tried: string[]): Promise<void> {
    const wanted = `Python ${OLDEST.join('.')} or newer`;
    const seen = tried.length ? `found only ${tried.join(', and ')}` : 'none was found';
    return this.complain(
      `bibwright needs ${wanted} to check bibliographies; ${seen}. Install it, or name one in the setting ` +
        'bibwright.interpreter; then run "bibwright: Restart Server".',
      'Open settings',
    );
  }

  private async complain(message: string, button: 'Open settings' | 'Show output'): Promise<void> {
    this.log.error(message);
    if ((await vscode.window.showErrorMessage(message, button)) === undefined) return;
    if (button === 'Show output') this.log.show();
    else await openSetting('bibwright.interpreter');
  }
}

/** In a remote window the settings of the machine are on a page of their own; the user's does not list them. */
async function openSetting(query: string): Promise<void> {
  const page = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await vscode.commands.executeCommand(`workbench.action.${page}`, { query });
}
