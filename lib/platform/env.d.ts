/** What the build knows about its target; set by WXT. */
interface ImportMetaEnv {
  readonly BROWSER: 'chrome' | 'firefox';
  readonly CHROME: boolean;
  readonly FIREFOX: boolean;
}
