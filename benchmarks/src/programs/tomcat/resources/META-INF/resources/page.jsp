<%@ page import="example.TomcatApp" %><html>
<% for (int i = 0; i < 3; i++) { %><p><%= TomcatApp.line(i) %> of ${6 * 7}</p><% } %>
</html>
