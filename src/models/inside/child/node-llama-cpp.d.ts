/**
 * The part of `node-llama-cpp` 3.21 that is used. The package is not among the project's own: with the engines for
 * every platform and GPU it is 725 MB, so `scripts/engine/` fetches what one platform needs.
 */
declare module 'node-llama-cpp' {
  export type Token = number & { readonly __token: never };

  export interface LlamaText {
    tokenize(tokenizer: Tokenizer): Token[];
    toString(): string;
  }

  export type Tokenizer = (text: string, specialTokens?: boolean) => Token[];

  export interface Llama {
    /** Cores worth using for arithmetic: performance cores, hyper-threads not counted. */
    readonly cpuMathCores: number;
    loadModel(options: {
      readonly modelPath: string;
      readonly useMmap?: boolean;
      readonly defaultContextFlashAttention?: boolean;
    }): Promise<LlamaModel>;
  }

  export interface LlamaModel {
    readonly tokenizer: Tokenizer;
    readonly trainContextSize: number;
    readonly fileInfo: {
      readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } };
    };
    readonly tokens: {
      readonly bos: Token | null;
      readonly shouldPrependBosToken: boolean;
      readonly infill: {
        readonly prefix: Token | null;
        readonly middle: Token | null;
        readonly suffix: Token | null;
      };
    };
    tokenize(text: string, specialTokens?: boolean): Token[];
    detokenize(tokens: readonly Token[], specialTokens?: boolean, lastTokens?: readonly Token[]): string;
    isEogToken(token: Token): boolean;
    createContext(options: {
      readonly contextSize: number;
      readonly batchSize: number;
      readonly threads: number;
    }): Promise<LlamaContext>;
  }

  export interface LlamaContext {
    readonly contextSize: number;
    getSequence(): LlamaContextSequence;
  }

  export interface LlamaContextSequence {
    readonly nextTokenIndex: number;
    /** Keeps what the state and `tokens` begin with in common, and forgets the rest. */
    adaptStateToTokens(tokens: Token[], allowShift: boolean): Promise<void>;
    eraseContextTokenRanges(ranges: { start: number; end: number }[]): Promise<void>;
    clearHistory(): Promise<void>;
    evaluateWithoutGeneratingNewTokens(tokens: Token[]): Promise<void>;
    evaluateWithMetadata(
      tokens: Token[],
      metadata: { readonly confidence: boolean; readonly probabilities?: boolean },
      options: {
        readonly temperature?: number;
        readonly seed?: number;
        readonly topK?: number;
        readonly topP?: number;
        readonly yieldEogToken?: boolean;
      },
    ): AsyncGenerator<
      {
        readonly token: Token;
        readonly confidence?: number;
        /** After top-k, top-p and temperature. */
        readonly probabilities?: ReadonlyMap<Token, number>;
      },
      void
    >;
  }

  export type ChatHistoryItem =
    | { readonly type: 'system'; readonly text: string }
    | { readonly type: 'user'; readonly text: string }
    | { readonly type: 'model'; readonly response: readonly string[] };

  export interface ChatWrapper {
    generateContextState(options: { readonly chatHistory: readonly ChatHistoryItem[] }): {
      readonly contextText: LlamaText;
      readonly stopGenerationTriggers: readonly LlamaText[];
    };
  }

  export class JinjaTemplateChatWrapper implements ChatWrapper {
    constructor(options: {
      readonly template: string;
      readonly tokenizer: Tokenizer;
      readonly additionalRenderParameters: Readonly<Record<string, unknown>>;
    });
    generateContextState: ChatWrapper['generateContextState'];
  }

  export function getLlama(options: {
    readonly gpu: 'auto' | false;
    readonly build: 'never';
    readonly skipDownload: true;
    readonly progressLogs: false;
    readonly maxThreads: number;
    readonly logger: (level: string, message: string) => void;
  }): Promise<Llama>;

  export function resolveChatWrapper(
    model: LlamaModel,
    options: {
      readonly warningLogs: boolean;
      readonly customWrapperSettings: { readonly qwen: { readonly thoughts: 'discourage' } };
    },
  ): ChatWrapper;
}
