"""The workshop: fitting, measuring and exporting models. The service never imports it."""
