"""What each format needs beyond its templates: how it escapes, prints mathematics and draws figures."""
