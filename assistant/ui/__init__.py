"""The web application (网页应用): Streamlit pages that read `State`, call one pipeline verb and show the result."""
