// In place of Application Insights, which is two fifths of Azurite's code: LocalZure always starts it with --disableTelemetry.
const refuse = () => {
  throw new Error('this Azurite was made for tests and has no telemetry: start it with --disableTelemetry');
};
module.exports = { setup: refuse, start: refuse };
